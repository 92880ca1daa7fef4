## Masuk dan memilih pusat
starting = Memulai…
login-title = Masuk
login-lead = Pusat panggilan darurat
user-name = Nama pengguna
password = Kata sandi
log-in = Masuk
log-out = Keluar
session-ended = Sesi Anda telah berakhir. Masuk lagi untuk melanjutkan; isian yang belum disimpan masih ada.
choose-centre = Pilih pusat
other-centre = Pusat lain
no-grants = Akun ini belum diberi tugas di pusat mana pun. Hubungi admin.
loading-centre = Memuat { $centre }…
try-again = Coba lagi
drill = LATIHAN

## Sambungan
link = Sambungan
link-connecting = Menyambung…
link-fresh = Tersambung
link-stale = Basi
link-lost = Terputus
link-stale-long = Data basi: server diam.
link-lost-long = Sambungan terputus.
link-consequence = Yang terlihat mungkin sudah berubah. Perintah tidak dapat dikirim; isian laporan tetap tersimpan di layar ini.
link-short = Tidak ada yang dapat dikirim.
link-seconds = Terakhir diterima { $seconds } detik yang lalu
lag = Keterlambatan data

## Baris atas
waiting-count = Menunggu
oldest-wait = Terlama
start-shift = Mulai shift
mute = Bisukan 30 d
muted-for = Bisu { $seconds } d
command = Perintah
help = Bantuan tombol
surge-count = Lonjakan: { $count }
watch-count = { $count } perlu ditindak
contacts = Kontak dan piket

## Antrean
queue = Antrean
queue-waiting = Menunggu
queue-active = Ditangani
queue-closed = Selesai 24 jam
queue-fresh = { $count } baru – tampilkan
queue-came = { $count } baru di antrean
queue-loading = Memuat antrean…
queue-empty = Tidak ada yang menunggu. Antrean kosong.
critical-came = Kritis: { $what }, { $where }
more = +{ $count } lagi
look = Lihat
seen = Sudah dilihat
nobody-yet = belum ada yang menangani
past-goal = lewat tenggat
place-unknown = Lokasi belum diketahui
not-understood = Belum dipahami
lane-known = jalur cepat
lane-gathering = menumpuk
lane-unclear = belum jelas
lane-update = kabar baru
lane-head = Jalur cepat · { $count }
lane-head-held = Ditunda · { $count }
held-until = ditunda s.d. { $time }
known-mark = dikenal
hours-minutes = { $hours }.{ $minutes }
not-acknowledged = belum terima
wants-help = minta bantuan
late = terlambat

## Peta
map = Peta
map-canvas = Gambar peta
map-loading = Memuat peta…
map-failed = Peta tidak dapat dimuat. Yang lain tetap berjalan.
map-no-webgl = Komputer ini tidak dapat menggambar peta (tanpa WebGL). Antrean, isian, dan penerusan tetap berjalan.
map-schematic = Batas wilayah skematis
pick-now = Klik titik di peta…

## Laporan baru
new-report = Laporan baru

## Kecocokan saran
agreement = Kecocokan saran

## Rincian
detail = Rincian
detail-empty = Pilih satu baris di antrean, atau buat laporan baru.
text-erased = (isi laporan sudah dihapus)
reporter = Pelapor
place = Lokasi
copy = Salin
copied = Tersalin
dispatches = Penugasan
dispatch = Penugasan
not-yet = belum
step-sent = Terkirim
step-delivered = Sampai
step-seen = Dibaca
step-acknowledged = Diterima
step-accepted = Sanggup
step-en-route = Berangkat
step-on-scene = Di lokasi
units = Armada
photo-of = Foto { $at }
notes = Catatan lapangan

## Tindakan atas kejadian
role-of = Peran { $agency }: { $role }
reason = Alasan
leave = Batal
dismiss = Tutup

## Mengapa tidak dapat
reason-link = Sambungan terputus: tunggu sampai tersambung
reason-not-allowed = Tidak dapat dilakukan pada tahap ini
sending-now = Masih mengirim

## Tindakan yang sedang berjalan
acts = Tindakan
going-sending = mengirim…
going-stored = tersimpan, menunggu layar
going-done = selesai

## Tombol
key-help = Bantuan tombol
key-not-here = Tombol ini tidak berlaku untuk yang dipilih
key-next = Baris berikutnya

## Lebar panel
width-queue = Lebar antrean
width-detail = Lebar rincian

## Masalah
problem-unknown = Gagal karena sebab yang belum dikenal. Coba lagi.
problem-unreachable = Server tidak dapat dihubungi.
problem-timeout = Server tidak menjawab dalam 10 detik. Periksa antrean sebelum mengulang.
problem-not-understood = Jawaban server tidak terbaca.
problem-not-found = Tidak ditemukan. Mungkin sudah dihapus atau bukan milik pusat ini.
problem-illegal-step = Tidak dapat dilakukan lagi: keadaannya sudah berubah.
problem-version-moved = Sudah diubah orang lain. Periksa lalu ulangi.
problem-already-forwarded = Kejadian ini sudah diteruskan ke instansi itu.
problem-invalid-field = Isian belum benar: { $detail }
problem-unauthenticated = Sesi berakhir. Masuk lagi.
problem-forbidden = Akun ini tidak boleh melakukan itu.
problem-wrong-credentials = Nama pengguna atau kata sandi salah.
problem-unavailable = Server belum dapat menyimpan. Tidak ada yang tersimpan; coba lagi.
problem-internal = Server mengalami kesalahan. Coba lagi; bila tetap gagal, hubungi admin.
problem-body-too-large = Isian terlalu panjang.
problem-idempotency-key-reused = Isian berubah saat dikirim. Simpan sekali lagi.
problem-foreign-origin = Permintaan ditolak: alamat halaman tidak cocok.

## Nama-nama tetap
priority-1 = Kritis
priority-2 = Mendesak
priority-3 = Sedang
priority-4 = Rendah
role-operator = Petugas
role-supervisor = Koordinator
role-agency = Instansi
role-trainer = Pelatih
role-auditor = Auditor
role-admin = Admin
category-fire = Kebakaran
category-traffic-accident = Kecelakaan lalu lintas
category-medical = Gawat darurat medis
category-natural-disaster = Bencana alam
category-rescue = Penyelamatan dan evakuasi
category-animal = Gangguan binatang
category-public-order = Gangguan kamtibmas
category-crime = Tindak kriminal
category-mental-health = ODGJ / percobaan bunuh diri
category-infrastructure = Gangguan infrastruktur
category-complaint = Aduan (bukan darurat)
category-information = Permintaan informasi
channel-phone = Telepon 112
channel-web = Web
channel-sms = SMS
channel-whatsapp = WhatsApp
channel-telegram = Telegram
channel-line = LINE
channel-app = Aplikasi
channel-email = Surel
channel-walk-in = Tatap muka
channel-radio = Radio HT
channel-sensor = Sensor
channel-lapor = SP4N-LAPOR!
channel-neighbour = Pusat tetangga
outcome-incident-created = Menjadi kejadian
outcome-attached = Masuk ke kejadian
outcome-advised = Diberi saran
outcome-information = Informasi
outcome-ghost = Hantu
outcome-prank = Prank
outcome-accidental = Salah pencet
outcome-cut-off = Terputus
outcome-wrong-region = Salah wilayah
outcome-transferred = Dialihkan
outcome-referred = Dirujuk (aduan)
outcome-test = Uji coba
incident-state-open = Baru
incident-state-dispatched = Diteruskan
incident-state-acknowledged = Diterima
incident-state-active = Ditangani
incident-state-monitored = Dipantau
incident-state-resolved = Tuntas
incident-state-closed = Ditutup
incident-state-merged = Digabung
incident-state-false-report = Laporan palsu
incident-state-cancelled = Dibatalkan
incident-state-out-of-area = Luar wilayah
dispatch-state-queued = antre
dispatch-state-sent = terkirim
dispatch-state-delivered = sampai
dispatch-state-acknowledged = diterima
dispatch-state-accepted = sanggup
dispatch-state-en-route = menuju
dispatch-state-on-scene = di lokasi
dispatch-state-completed = selesai
dispatch-state-rejected = ditolak
dispatch-state-withdrawn = ditarik
dispatch-act-acknowledge = Terima
dispatch-act-accept = Sanggupi
dispatch-act-reject = Tolak
dispatch-act-en-route = Berangkat
dispatch-act-on-scene = Di lokasi
dispatch-act-complete = Selesai
dispatch-act-withdraw = Tarik
dispatch-role-lead = utama
dispatch-role-support = pendukung
unit-state-available = siap
unit-state-assigned = ditugaskan
unit-state-en-route = menuju
unit-state-on-scene = di lokasi
unit-state-transporting = membawa pasien
unit-state-at-hospital = di rumah sakit
unit-state-returning = kembali ke pos
unit-state-delayed = tertunda
unit-state-out-of-service = tidak siap
carrier-console = layar
carrier-webhook = webhook
carrier-push = notifikasi
carrier-telegram = Telegram
carrier-line = LINE
carrier-whatsapp = WhatsApp
carrier-gateway = pesan
carrier-email = surel
carrier-sms = SMS


