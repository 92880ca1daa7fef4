## Peta
pick-on-map = Pilih di peta

## Laporan baru
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
nuisance-signs = Tentang kontak ini:
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
waiting-same = Mungkin sama, masih menunggu
novelty-known = Jalur cepat: hanya menyebut { $number }, kejadian yang sudah dikenal.
novelty-gathering = Menumpuk: beberapa kontak menyebut hal yang sama.
novelty-unclear =
    { $given ->
        [0] Belum jelas: mungkin tentang kejadian yang sudah dikenal.
       *[other] Belum jelas: mungkin tentang { $number }.
    }
novelty-update =
    { $given ->
        [0] Kabar baru tentang hal yang dilaporkan banyak kontak.
       *[other] Kabar baru tentang { $number }.
    }
use-place = Pakai lokasi ini
place-search = Cari lokasi lain…
place-not-found = Tidak ada tempat dengan nama itu. Pilih titik di peta.
in-use = Dipakai

## Kecocokan saran
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
agreement-by-operator = Menurut petugas yang membuka kejadian
agreement-calibration = Menurut keyakinan saran
agreement-confidence = Rata-rata keyakinan

## Lonjakan
surge = Lonjakan kontak
surge-lead = Banyak kontak menyebut hal yang sama. Bila dikonfirmasi, laporan yang tidak menyebut hal lain menunggu di jalur cepat. Tidak ada yang disembunyikan.
surge-loading = Memuat lonjakan…
surge-none = Tidak ada lonjakan yang menunggu konfirmasi.
surge-contacts = { $contacts } kontak dari { $callers } pelapor
surge-since = sejak { $since }, terakhir { $last }
surge-waiting = { $count } laporan menunggu
surge-handled-in = Ditangani dalam { $number }
surge-no-incident = Belum ada kejadiannya: dibuka dari laporan pertama yang lokasinya diketahui.
surge-open-confirm = Buka kejadian dan konfirmasi
surge-confirm = Konfirmasi kejadian dikenal
surge-first-report = Lihat laporan pertama
surge-confirmed = { $number } kini kejadian dikenal.
surge-all-handled = Semua laporannya sudah ditangani

## Patokan
landmark-keep = Simpan patokan
landmark-save = Simpan
landmark-name = Nama patokan, seperti disebut orang
landmark-hint = mis. warung, gapura, pos ronda
landmark-rough = Titik ini hanya kira-kira. Bila tahu letaknya, tetapkan dahulu di peta.
landmark-kept = Patokan “{ $name }” tersimpan untuk telepon berikutnya
landmark-known = “{ $name }” sudah dikenal di titik ini.
landmark-name-needed = Isi namanya, dengan kata yang dipakai orang.
landmark-point-wrong = Titik lokasinya tidak benar. Pilih lagi di peta.
landmark-name-wrong = Nama ini tidak dapat disimpan. Pakai kata yang disebut orang, paling banyak 120 huruf.
landmark-full = Patokan yang ditambahkan sudah terlalu banyak. Hapus yang tidak dipakai lagi.
landmark-no-point = Pilih titik lokasinya dahulu
landmark-added = Tempat yang ditambahkan
landmark-added-none = Belum ada tempat yang ditambahkan.
landmark-added-more = Dan { $count } lagi, lebih jauh dari titik ini.
landmark-added-by = oleh { $who }
landmark-rename = Ubah
landmark-rename-name = Nama baru
landmark-move = Pindahkan ke titik ini
landmark-changed = Patokan “{ $name }” diperbarui
landmark-remove = Hapus
landmark-remove-sure = Ya, hapus
landmark-removed = Patokan “{ $name }” dihapus; telepon berikutnya tidak menemukannya lagi
landmark-not-own = Hanya yang menambahkannya atau pengawas yang dapat menghapusnya. Nama dan titiknya dapat Anda ubah.

## Rincian
report = Laporan
reports = Laporan
reports-count = Laporan ({ $count })
show-all = Tampilkan semua
name-unknown = nama belum diketahui
place-said = Kata pelapor
claims = Klaim posisi
type = Jenis
priority = Prioritas
choose-type = Pilih jenis kejadian
general-type = { $category } (umum)
make-incident = Jadikan kejadian
open-incident = Buka kejadian
other-outcomes = Hasil lain…
note = Catatan
go-to-incident = Lihat kejadian { $number }
known-event = Kejadian sudah dikenal: { $number }
known-since = Kejadian dikenal sejak { $time }
confirm-known = Jadikan kejadian dikenal
end-known = Akhiri
ask-hurt = Ada orang terluka, terjebak atau sakit?
ask-more = Ada hal baru: menjalar, tempat lain, bahaya lain?
ask-yes-lifts = Satu “Ya” mendahulukan laporan ini.
yes = Ya
no = Tidak
lift = Dahulukan
contact = Kontak
contact-first = belum ada catatan
contact-today = { $times }x hari ini
contact-before = { $times } laporan sebelumnya
contact-silent = { $times } diam
contact-prank = { $times } prank
contact-accidental = { $times } keliru atau terputus
contact-real = { $times } nyata
contact-put-behind = Kontak ini ditunda s.d. { $time } oleh { $by }: { $level }
contact-held-back = Kontak ini ditunda s.d. { $time }: { $level }
contact-because = sejak laporan { $number }
put-behind = Tunda kontak
put-behind-now = Tunda sekarang
put-behind-lead = Laporan berikutnya dari nomor ini tetap terlihat, hanya menunggu lebih lama. Yang menyebut keadaan darurat tetap pada prioritasnya. Penundaan berakhir sendiri.
hold-level = Seberapa jauh
hold-behind = di belakang yang sama prioritasnya
hold-lower = turun satu prioritas
hold-last = paling belakang, kecuali darurat
hold-hours = Selama (jam)
bring-forward = Majukan kontak
incident = Kejadian
sensitive = Sensitif: bagikan seperlunya
merged-into = Digabung ke { $number }
milestones = Urutan waktu
milestone-reported = Laporan masuk
milestone-opened = Kejadian dibuka
milestone-dispatched = Diteruskan
milestone-acknowledged = Diterima instansi
milestone-active = Ditangani di lapangan
milestone-resolved = Tuntas
milestone-closed = Ditutup

## Tindakan atas kejadian
forward = Teruskan
forward-to = Teruskan ke instansi
agencies-loading = Mencari instansi…
add-agency = Instansi lain
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
plan-alarm = alarm { $alarm } dari { $alarms }
nobody-leads = Tidak ada lagi yang dapat memimpin: cari instansi utama lewat telepon.
shortfall = Kurang { $missing } dari { $what }:
informed = Cukup diberi tahu: { $agencies }
all-reasons = Semua alasan
alarm-look = Lihat alarm { $alarm }
alarm-strike = Bunyikan alarm { $alarm }: kirim semua
alarm-none = Rencana tidak mempunyai alarm berikutnya

## Mengapa tidak dapat
reason-needed = Isi alasannya dahulu
reason-no-text = Isi laporan masih kosong
reason-nothing-changed = Belum ada yang diubah
reason-choose-incident = Pilih kejadian tujuan
reason-choose-reports = Centang laporan yang dipisah
reason-choose-agency = Centang instansi yang dituju
reason-already-forwarded = sudah diteruskan
reason-chosen = dipilih petugas
reason-two-questions = Jawab dua pertanyaan dahulu
reason-hours = Isi 1 sampai { $longest } jam
reason-name = Isi nama petugas yang menerima
reason-unit = Isi catatan: mengapa tidak siap
reason-units = armada yang diperlukan

## Tombol
while-typing = Juga saat mengetik
not-while-typing = Di luar isian
command-examples = Contoh perintah:
key-new-report = Laporan baru
key-place = Ke lokasi; sekali lagi: pakai saran pertama
key-landmark = Simpan patokan di titik lokasi
key-type = Terima saran jenis, atau ke jenis
key-forward = Teruskan
key-mute = Bisukan 30 detik di meja ini
key-ghost = Hasil: hantu (diam)
key-prank = Hasil: prank
key-information = Hasil: informasi
key-close = Tutup kejadian
key-save = Simpan yang sedang diisi
key-command-line = Baris perintah
key-previous = Baris sebelumnya
key-open = Masuk ke rincian
key-save-attach = Simpan ke yang mungkin sama
key-attach = Gabungkan / masukkan ke yang mungkin sama
key-change = Ubah kejadian
key-split = Pisahkan kejadian
key-resolve = Nyatakan tuntas
key-reopen = Buka lagi
key-yes = Jalur cepat: jawab ya
key-no = Jalur cepat: jawab tidak
key-lift = Dahulukan laporan
key-put-behind = Tunda kontak
key-bring-forward = Majukan kontak
key-surge = Lihat lonjakan
key-known-event = Kejadian dikenal: jadikan / akhiri
key-leave = Batal / kesampingkan
key-attend = Tangani yang berbunyi: telepon, jawab, cari pengganti
key-watch = Daftar yang perlu ditindak
key-verbal = Catat siapa yang menerima lewat telepon
key-history = Buka / lipat riwayat pengiriman
key-units = Papan armada
key-alarm = Alarm berikutnya: lihat, sekali lagi bunyikan

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

## Nama-nama tetap
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
delivery-state-pending = menunggu
delivery-state-sent = terkirim
delivery-state-delivered = sampai
delivery-state-seen = dibaca
delivery-state-unknown = tidak pasti
delivery-state-failed = gagal
delivery-state-dropped = tidak perlu lagi
notice-order = penugasan
notice-correction = perubahan
notice-withdrawal = pembatalan
notice-information = pemberitahuan
ladder-first-contact = kontak pertama
ladder-second-contact = kontak kedua
ladder-everybody = semua kontak
ladder-alarm = alarm di meja ini
ladder-supervisor = koordinator diberi tahu
concern-no-contact = Instansi ini tidak punya kontak: hanya layarnya dan telepon
concern-nobody-on-duty = Tidak ada yang piket: semua kontak diberi tahu
doubt-stranger = Ada balasan dari nomor lain: belum dianggap diterima
doubt-too-late = Ada balasan yang datang terlambat
via-console = layar
via-link = tautan
via-button = tombol pesan
via-reply = balasan pesan
via-webhook = sistem instansi
via-verbal = lisan

## Sambungan terputus
gone-title = Sambungan terputus lebih dari 10 detik
gone-words = Tidak ada yang terkirim dari meja ini. Gunakan telepon atau radio untuk meneruskan kejadian. Isian laporan tetap ada dan sambungan dicoba terus.
gone-continue = Lanjut menulis

## Serah terima tugas
overdue = Belum diterima: telepon sekarang
overdue-ring = Telepon { $agency }:
overdue-say = Ini { $centre }. { $what } di { $place }. Mohon segera kirim tim dan terima penugasan { $number }. Siapa nama petugas yang menerima?
overdue-contacts = Atau hubungi:
on-duty = piket { $place }
verbal-name = Nama petugas yang menerima
verbal-now = Diterima lisan
by-phone = Catat jawaban lewat telepon
acknowledged-by = Diterima { $by } ({ $via })
acknowledged-verbal = Diterima lisan oleh { $name } (dicatat { $by })
corrected-at = Diubah { $time }, susunan ke-{ $wording }
ladder-next = Berikutnya: { $step } dalam { $time }
rings-again = Berbunyi lagi dalam { $time }
due-in = Batas terima { $time } lagi
due-accept = Sanggup atau tolak dalam { $time }
due-on-scene = Sasaran tiba { $time } lagi
late-accept = belum sanggup
late-on-scene = belum tiba
escalated = Koordinator diberi tahu { $time }
deliveries = Pengiriman: { $count }
deliveries-failing = { $count } bermasalah
delivery-again = dicoba lagi dalam { $time }
delivery-error = Galat: { $error }
agency-itself = Meja instansi
reply-code = Kode balas pesan: { $code }
needs-a-hand = Perlu ditindak sekarang
nothing-rings = Tidak ada yang berbunyi
need-help = Minta bantuan
need-rejected = Ditolak
need-overdue = Belum diterima
need-late = Terlambat: { $with }
attend-help = Jawab
attend-rejected = Cari pengganti
attend-overdue = Telepon
attend-late = Lihat
help-answered = Dijawab { $by } { $time }
act-answer-help = Jawab permintaan bantuan { $agency }
watch = Perlu ditindak
watch-none = Tidak ada yang belum diterima, terlambat, atau minta bantuan.
refused-by = { $agency } menolak.
replacement = Pengganti
replacement-none = Tidak ada pengganti yang disarankan: pilih instansi lain.
place-unknown-said = lokasi yang belum diketahui

## Tindakan yang sedang berjalan
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
act-lift = Dahulukan { $number }
act-confirm-known = Kejadian dikenal: { $number }
act-end-known = Akhiri kejadian dikenal { $number }
act-alarm = Alarm { $alarm }

## Armada
units-board = Papan armada
units-free-only = Hanya yang bebas
units-free = { $free } bebas dari { $all }
units-none = Tidak ada armada.
unit-move = Ubah keadaan { $unit }
unit-note = Catatan
unit-position = posisi { $time } lalu
unit-position-old = posisi lama: { $time } lalu




