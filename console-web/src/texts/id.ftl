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
link-lost-title = Sambungan terputus lebih dari 10 detik
link-lost-words = Tidak ada yang terkirim dari meja ini. Gunakan telepon atau radio untuk meneruskan kejadian. Isian laporan tetap ada dan sambungan dicoba terus.
link-lost-continue = Lanjut menulis
lag = Keterlambatan data

## Baris atas
waiting-count = Menunggu
oldest-wait = Terlama
overdue-count = { $count } lewat tenggat
start-shift = Mulai shift
mute = Bisukan 30 d
muted-for = Bisu { $seconds } d
command = Perintah
help = Bantuan tombol

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
overdue = Belum ada jawaban – lewat tenggat
overdue-short = LEWAT
place-unknown = Lokasi belum diketahui
not-understood = Belum dipahami

## Peta
map = Peta
map-canvas = Gambar peta
map-loading = Memuat peta…
map-failed = Peta tidak dapat dimuat. Yang lain tetap berjalan.
map-no-webgl = Komputer ini tidak dapat menggambar peta (tanpa WebGL). Antrean, isian, dan penerusan tetap berjalan.
map-schematic = Batas wilayah skematis
pick-on-map = Pilih di peta
pick-now = Klik titik di peta…

## Laporan baru
new-report = Laporan baru
channel = Saluran
put-aside = Nanti
place-by-caller = Lokasi menurut pelapor
place-hint = desa, RT/RW, patokan, km …
place-none-yet = Belum ada lokasi
place-suggested = Diduga:
place-ambiguous = Ada { $count } tempat dengan nama ini – pilih satu
place-used = Lokasi dipakai
pin-by-hand = Titik dipilih di peta
remove-pin = Hapus
report-text = Isi laporan
report-text-hint = Kata-kata pelapor
phone = Nomor telepon
reporter-name = Nama pelapor
suggested = saran
accept = terima saran
tell-agencies = Beri tahu
save-report = Simpan laporan
save-forward =
    { $count ->
        [0] Simpan + teruskan
       *[other] Simpan + teruskan ke { $agencies }
    }
save-attach = Simpan ke { $number }

## Saran
suggestions = Saran
suggestions-empty = Saran muncul di sini sambil Anda mengetik: mungkin sama, lokasi, jenis, dan instansi.
suggestion-what = Jenis dan prioritas
suggestion-where = Kemungkinan lokasi
suggestion-who = Instansi yang berwenang
unsure = belum pasti, periksa
or-else = atau
next-choice = pakai; tekan lagi: kemungkinan berikutnya
maybe-nuisance = Mungkin { $kind } ({ $share }).
nuisance = bukan kejadian
effect-raise1 = menjadi P1
effect-raise2 = paling rendah P2
effect-raise = lebih mendesak
effect-lower = kurang mendesak
effect-lower3 = paling tinggi P3
effect-lower4 = menjadi P4
effect-idiom = kiasan
effect-address = alamat, tidak dihitung
effect-nuisance = bukan kejadian
effect-denied = bukan { $what }
maybe-same = Mungkin sama
distance-unknown = jarak belum diketahui
minutes-ago = { $minutes } menit lalu
attach-to = Masukkan ke { $number }
use-place = Pakai lokasi ini
place-search = Cari lokasi lain…
place-not-found = Tidak ada tempat dengan nama itu. Pilih titik di peta.
in-use = Dipakai

## Kecocokan saran
agreement = Kecocokan saran
agreement-loading = Menghitung kecocokan…
agreement-none = Belum ada laporan yang kejadiannya ditutup dalam 12 bulan terakhir.
agreement-lead = { $reports } laporan dalam 12 bulan terakhir yang kejadiannya sudah ditutup. Petugas melihat saran sebelum memutuskan, jadi angka ini batas atas.
agreement-truncated = Laporan terlalu banyak untuk dihitung semua; yang terlama tidak ikut.
agreement-drift-falls = Kecocokan menurun: { $newest } dari 200 laporan terbaru, sebelumnya { $before } dari 1.000. Penurunan ini lebih dari kebetulan. Periksa saran dengan lebih teliti dan mintalah admin melatih ulang model.
agreement-drift-steady = Tidak ada penurunan yang berarti: { $newest } dari 200 laporan terbaru, sebelumnya { $before } dari 1.000.
agreement-drift-early = Perubahan belum dapat dinilai: masih perlu { $needed } laporan lagi yang kejadiannya ditutup.
agreement-by-category = Menurut kategori yang akhirnya ditetapkan
agreement-by-month = Menurut bulan laporan masuk
agreement-reports = Laporan
agreement-category-kept = Kategori cocok
agreement-priority-kept = Prioritas cocok

## Rincian
detail = Rincian
detail-empty = Pilih satu baris di antrean, atau buat laporan baru.
report = Laporan
reports = Laporan
reports-count = Laporan ({ $count })
show-all = Tampilkan semua
text-erased = (isi laporan sudah dihapus)
reporter = Pelapor
name-unknown = nama belum diketahui
place = Lokasi
place-said = Kata pelapor
claims = Klaim posisi
copy = Salin
copied = Tersalin
type = Jenis
priority = Prioritas
choose-type = Pilih jenis kejadian
general-type = { $category } (umum)
make-incident = Jadikan kejadian
open-incident = Buka kejadian
other-outcomes = Hasil lain…
note = Catatan
go-to-incident = Lihat kejadian { $number }
incident = Kejadian
sensitive = Sensitif: bagikan seperlunya
merged-into = Digabung ke { $number }
dispatches = Penugasan
dispatch = Penugasan
units = Armada
by-phone = Catat jawaban lewat telepon
due-in = tenggat { $time }
delivery-failing = Pengiriman { $channel } gagal { $attempts } kali ({ $error })
overdue-ring = Telepon { $agency }:
overdue-say = Ini { $centre }. Ada penugasan { $number }, { $what }, di { $place }, yang belum dijawab. Mohon terima sekarang. Siapa nama petugas yang menerima?
not-yet = belum
milestones = Urutan waktu
milestone-reported = Laporan masuk
milestone-opened = Kejadian dibuka
milestone-dispatched = Diteruskan
milestone-acknowledged = Diterima instansi
milestone-active = Ditangani di lapangan
milestone-resolved = Tuntas
milestone-closed = Ditutup
step-sent = Terkirim
step-delivered = Sampai
step-acknowledged = Diterima
step-accepted = Sanggup
step-en-route = Berangkat
step-on-scene = Di lokasi

## Tindakan atas kejadian
forward = Teruskan
forward-to = Teruskan ke instansi
agencies-loading = Mencari instansi…
add-agency = Instansi lain
role-of = Peran { $agency }: { $role }
change = Ubah
change-now = Simpan perubahan
merge = Gabungkan
merge-into = Gabungkan ke kejadian
merge-now = Gabung sekarang
merge-search = Cari nomor atau tempat
merge-none = Tidak ada kejadian terbuka lain.
split = Pisahkan
split-now = Pisah sekarang
split-lead = Laporan yang dicentang menjadi kejadian tersendiri.
resolve = Tuntas
reopen = Buka lagi
reopen-now = Buka kembali
close-incident = Tutup kejadian
close-now = Tutup sekarang
close-releases = Penugasan { $agencies } masih jalan: akan diakhiri, dan semua armada dilepas.
result = Hasil
reason = Alasan
leave = Batal
dismiss = Tutup

## Mengapa tidak dapat
reason-link = Sambungan terputus: tunggu sampai tersambung
reason-not-allowed = Tidak dapat dilakukan pada tahap ini
reason-needed = Isi alasannya dahulu
reason-no-text = Isi laporan masih kosong
reason-nothing-changed = Belum ada yang diubah
reason-choose-incident = Pilih kejadian tujuan
reason-choose-reports = Centang laporan yang dipisah
reason-choose-agency = Centang instansi yang dituju
reason-already-forwarded = sudah diteruskan
reason-chosen = dipilih petugas

## Tindakan yang sedang berjalan
acts = Tindakan
act-sending = mengirim…
act-stored = tersimpan, menunggu layar
act-done = selesai
act-save-report = Simpan laporan
act-open-incident = Buka kejadian
act-attach = Masukkan ke kejadian
act-forward = Teruskan ke { $agency }
act-resolve = Nyatakan tuntas
act-close = Tutup { $number }
act-reopen = Buka lagi { $number }
act-change = Ubah { $number }
act-merge = Gabungkan { $number } ke { $into }
act-split = Pisahkan { $number }

## Layar instansi
agency-choose = Pilih satu penugasan.
agency-empty = Belum ada penugasan.
agency-waiting =
    { $count ->
        [0] Tidak ada yang menunggu jawaban
       *[other] { $count } menunggu jawaban
    }
answer = Jawaban
back = Kembali
not-sent = Belum terkirim
send-again = Kirim lagi
do-not-send = Jangan kirim
sending-now = Masih mengirim
sending-act = Mengirim: { $act }… belum sampai di pusat.
reject-now = Kirim penolakan

## Tombol
key-help = Bantuan tombol
while-typing = Juga saat mengetik
not-while-typing = Di luar isian
command-examples = Contoh perintah:
key-not-here = Tombol ini tidak berlaku untuk yang dipilih
key-new-report = Laporan baru
key-place = Ke lokasi; sekali lagi: pakai saran pertama
key-type = Terima saran jenis, atau ke jenis
key-forward = Teruskan
key-mute = Bisukan 30 detik di meja ini
key-ghost = Hasil: hantu (diam)
key-prank = Hasil: prank
key-information = Hasil: informasi
key-close = Tutup kejadian
key-save = Simpan yang sedang diisi
key-command-line = Baris perintah
key-next = Baris berikutnya
key-previous = Baris sebelumnya
key-open = Masuk ke rincian
key-save-attach = Simpan ke yang mungkin sama
key-attach = Gabungkan / masukkan ke yang mungkin sama
key-change = Ubah kejadian
key-split = Pisahkan kejadian
key-resolve = Nyatakan tuntas
key-reopen = Buka lagi

key-leave = Batal / kesampingkan

## Baris perintah
command-unclear-empty = terus <instansi> <nomor> · tutup <nomor> · buka <nomor> · hantu/prank/info <nomor> · baru
command-unclear-verb = Perintah “{ $about }” tidak dikenal
command-unclear-agency =
    { $given ->
        [0] Instansi mana?
       *[other] Instansi “{ $about }” tidak dikenal
    }
command-unclear-agency-many = Yang mana: { $about }?
command-unclear-number =
    { $given ->
        [0] Nomor berapa?
       *[other] Nomor “{ $about }” tidak ditemukan
    }
command-unclear-number-many = Yang mana: { $about }?
command-says-terus = Teruskan { $number } ke { $agency }
command-says-tutup = Tutup { $number } (hasil dipilih dahulu)
command-says-buka = Tampilkan { $number }
command-says-hantu = { $number }: hantu
command-says-prank = { $number }: prank
command-says-info = { $number }: informasi

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
dispatch-state-en-route = berangkat
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
delivery-console = layar
delivery-webhook = webhook
result-handled = Tertangani
result-false-report = Laporan palsu
result-cancelled = Dibatalkan
result-out-of-area = Luar wilayah
claim-operator-pin = titik petugas
claim-unit = armada
claim-device = perangkat
claim-pin = pin pelapor
claim-network = jaringan
claim-spoken = ucapan
claim-cell = sel
claim-forwarded-pin = pin terusan
claim-sensor = sensor
claim-unknown = tidak diketahui
