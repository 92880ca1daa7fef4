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
sending-act = Mengirim: { $act }… belum sampai di pusat.
reject-now = Kirim penolakan

