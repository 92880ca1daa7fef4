//! A made-up city: villages on a grid with streets and landmarks, where streets cross villages and shops
//! of one chain stand everywhere. Names are ordinary ones; none of the places is a real one.

/// Metres in a degree of latitude, and of longitude this far south.
const LAT_M: f64 = 111_195.0;
const LON_M: f64 = 110_150.0;
const ORIGIN: (f64, f64) = (-7.86, 111.98);
/// Side of a village, metres.
const SIDE: f64 = 1_300.0;
const COLUMNS: usize = 6;
const ROWS: usize = 5;

const VILLAGES: [&str; COLUMNS * ROWS] = [
    "Ngadirejo",
    "Balowerti",
    "Kaliombo",
    "Setonorejo",
    "Burengan",
    "Banjaran",
    "Singonegaran",
    "Tosaren",
    "Pakunden",
    "Manisrenggo",
    "Rejomulyo",
    "Ngronggo",
    "Jamsaren",
    "Bangsal",
    "Tinalan",
    "Ketami",
    "Blabak",
    "Betet",
    "Bawang",
    "Tempurejo",
    "Ngletih",
    "Mrican",
    "Gayam",
    "Dermo",
    "Sukorame",
    "Pojok",
    "Campurejo",
    "Tamanan",
    "Lirboyo",
    "Bujel",
];
/// West to east, one for each quarter of a row.
const ACROSS: [&str; 20] = [
    "Hayam Wuruk",
    "Diponegoro",
    "Sudirman",
    "Ahmad Yani",
    "Veteran",
    "Joyoboyo",
    "Kartini",
    "Supriadi",
    "Mayor Bismo",
    "Letjen Suprapto",
    "Teuku Umar",
    "Imam Bonjol",
    "Panglima Polim",
    "Urip Sumoharjo",
    "Sam Ratulangi",
    "Penanggungan",
    "Sersan Suharmaji",
    "Kapten Tendean",
    "Kilisuci",
    "Dandangan",
];
/// South to north, one for each quarter of a column.
const ALONG: [&str; 24] = [
    "Dhoho",
    "Brawijaya",
    "Pattimura",
    "Yos Sudarso",
    "Trunojoyo",
    "Monginsidi",
    "Hasanuddin",
    "Airlangga",
    "Erlangga",
    "Cendana",
    "Mawar",
    "Melati",
    "Flamboyan",
    "Raung",
    "Wilis",
    "Semeru",
    "Arjuna",
    "Kawi",
    "Sriwijaya",
    "Majapahit",
    "Untung Suropati",
    "Gajah Mada",
    "Ronggowarsito",
    "Slamet Riyadi",
];
const LANDMARKS: [&str; 14] = [
    "Alfamart",
    "Indomaret",
    "SPBU",
    "masjid Al Huda",
    "masjid Baitul Muttaqin",
    "balai desa",
    "SDN 2",
    "SMPN 4",
    "Pegadaian",
    "bengkel Jaya Motor",
    "toko bangunan Sumber Makmur",
    "lapangan voli",
    "klinik Sehat Bersama",
    "warung Bu Sri",
];

/// A point in metres east and north of the city's corner.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    pub east: f64,
    pub north: f64,
}

impl Spot {
    pub fn moved(self, east: f64, north: f64) -> Self {
        Self { east: self.east + east, north: self.north + north }
    }

    pub fn lat_lon(self) -> (f64, f64) {
        (ORIGIN.0 + self.north / LAT_M, ORIGIN.1 + self.east / LON_M)
    }

    fn cell(self) -> (usize, usize) {
        let at = |metres: f64, most: usize| ((metres / SIDE).max(0.0) as usize).min(most - 1);
        (at(self.east, COLUMNS), at(self.north, ROWS))
    }

    pub fn village(self) -> &'static str {
        let (column, row) = self.cell();
        VILLAGES[row * COLUMNS + column]
    }

    /// The middle of the village: what a name alone resolves to.
    pub fn village_middle(self) -> Self {
        let (column, row) = self.cell();
        Self { east: (column as f64 + 0.5) * SIDE, north: (row as f64 + 0.5) * SIDE }
    }

    /// The nearer of the two streets that pass.
    pub fn street(self) -> &'static str {
        let quarter = SIDE / 4.0;
        let lane = |metres: f64, most: usize| ((metres / quarter).max(0.0) as usize).min(most - 1);
        let from_middle = |metres: f64| ((metres / quarter).fract() - 0.5).abs();
        if from_middle(self.north) < from_middle(self.east) {
            ACROSS[lane(self.north, ACROSS.len())]
        } else {
            ALONG[lane(self.east, ALONG.len())]
        }
    }

    /// Something everybody knows within some 400 m; the same chain stands in other villages too.
    pub fn landmark(self) -> &'static str {
        let block = (self.east / 400.0).max(0.0) as usize * 5 + (self.north / 400.0).max(0.0) as usize * 3;
        LANDMARKS[block % LANDMARKS.len()]
    }
}

/// The city's extent in metres, east and north.
pub const EXTENT: (f64, f64) = (SIDE * COLUMNS as f64, SIDE * ROWS as f64);
