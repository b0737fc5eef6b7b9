// What faults of printers mean in Chinese and German. In English the firmware says it, and that is what they are found by.

import type { LanguageCode } from "./texts";

type Translated = Readonly<Record<LanguageCode, string>>;

const FAULTS: readonly Translated[] = Object.freeze(
	[
		{
			en: "Z did not find its home position, and the job ended. Clear the bed and the space below it.",
			zh: "Z 轴没有找到原点，任务已结束。请清空热床及其下方空间。",
			de: "Z hat seine Referenzposition nicht gefunden, der Auftrag ist beendet. Das Bett und den Raum darunter frei machen.",
		},
		{
			en: "The nozzle took too long to cool down before homing.",
			zh: "回零前喷嘴冷却时间过长。",
			de: "Die Düse ist vor der Referenzfahrt zu langsam abgekühlt.",
		},
		{
			en: "Bed levelling failed, and the job ended. Clean the nozzle and the plate, then start again.",
			zh: "热床调平失败，任务已结束。请清洁喷嘴和打印板，然后重新开始。",
			de: "Das Vermessen des Betts ist misslungen, der Auftrag ist beendet. Düse und Platte reinigen, dann neu starten.",
		},
		{
			en: "X or Y did not find its home position. See whether toolhead and bed move freely.",
			zh: "X 或 Y 轴没有找到原点。请检查工具头和热床能否自由移动。",
			de: "X oder Y hat die Referenzposition nicht gefunden. Prüfen, ob Druckkopf und Bett sich frei bewegen.",
		},
		{
			en: "The vibration measurement failed. See whether the printer stands firmly.",
			zh: "振动测量失败。请确认打印机放置稳固。",
			de: "Die Schwingungsmessung ist misslungen. Prüfen, ob der Drucker fest steht.",
		},
		{
			en: "Z lost steps, and the job ended. See whether anything lies below the bed.",
			zh: "Z 轴丢步，任务已结束。请检查热床下方是否有物品。",
			de: "Z hat Schritte verloren, der Auftrag ist beendet. Prüfen, ob etwas unter dem Bett liegt.",
		},
		{
			en: "The toolhead lost steps. See whether anything blocks it, then resume.",
			zh: "工具头丢步。请检查是否有阻碍，然后继续。",
			de: "Der Druckkopf hat Schritte verloren. Prüfen, ob ihn etwas behindert, dann fortsetzen.",
		},
		{
			en: "The build plate does not lie flat. Put it on again.",
			zh: "打印板没有放平。请重新放置。",
			de: "Die Druckplatte liegt nicht flach. Neu auflegen.",
		},
		{
			en: "Z is stuck. See whether anything blocks the bed.",
			zh: "Z 轴卡住。请检查热床是否受阻。",
			de: "Z klemmt. Prüfen, ob etwas das Bett behindert.",
		},
		{
			en: "The bed was not measured well. Clean the nozzle's tip and the plate.",
			zh: "热床测量不准。请清洁喷嘴尖端和打印板。",
			de: "Das Bett ließ sich nicht gut vermessen. Düsenspitze und Platte reinigen.",
		},
		{
			en: "The X belt swings slower than it should: it may be loose.",
			zh: "X 轴皮带振动频率偏低：可能过松。",
			de: "Der X-Riemen schwingt zu langsam: vielleicht ist er zu locker.",
		},
		{
			en: "The Y belt swings slower than it should: it may be loose.",
			zh: "Y 轴皮带振动频率偏低：可能过松。",
			de: "Der Y-Riemen schwingt zu langsam: vielleicht ist er zu locker.",
		},
		{
			en: "X cannot be homed. See whether toolhead and bed move freely.",
			zh: "X 轴无法回零。请检查工具头和热床能否自由移动。",
			de: "Die Referenzfahrt von X geht nicht. Prüfen, ob Druckkopf und Bett sich frei bewegen.",
		},
		{
			en: "Y cannot be homed. See whether toolhead and bed move freely.",
			zh: "Y 轴无法回零。请检查工具头和热床能否自由移动。",
			de: "Die Referenzfahrt von Y geht nicht. Prüfen, ob Druckkopf und Bett sich frei bewegen.",
		},
		{
			en: "The nozzle seems to be missing, or sits loosely.",
			zh: "喷嘴似乎缺失或松动。",
			de: "Die Düse scheint zu fehlen oder locker zu sein.",
		},
		{
			en: "The nozzle's temperature is not as it should be. Look at the hotend before heating again.",
			zh: "喷嘴温度异常。再次加热前请检查热端。",
			de: "Die Düsentemperatur stimmt nicht. Vor dem nächsten Heizen das Hotend ansehen.",
		},
		{
			en: "The bed's temperature is not as it should be.",
			zh: "热床温度异常。",
			de: "Die Betttemperatur stimmt nicht.",
		},
		{
			en: "The chamber's temperature is not as it should be.",
			zh: "腔体温度异常。",
			de: "Die Kammertemperatur stimmt nicht.",
		},
		{
			en: "The chamber is too warm. Open the door and the lid.",
			zh: "腔体过热。请打开门和顶盖。",
			de: "Die Kammer ist zu warm. Tür und Deckel öffnen.",
		},
		{
			en: "The bed's heater may have a short circuit. Turn the printer off.",
			zh: "热床加热器可能短路。请关闭打印机。",
			de: "Die Bettheizung hat vielleicht einen Kurzschluss. Den Drucker ausschalten.",
		},
		{
			en: "The bed's heater does not conduct: a wire or its thermal switch may be open.",
			zh: "热床加热器不导通：导线或温控开关可能断开。",
			de: "Die Bettheizung leitet nicht: vielleicht ist ein Kabel oder der Thermoschalter offen.",
		},
		{
			en: "The bed is too hot. Turn the printer off.",
			zh: "热床过热。请关闭打印机。",
			de: "Das Bett ist zu heiß. Den Drucker ausschalten.",
		},
		{
			en: "The bed's temperature sensor may have a short circuit.",
			zh: "热床温度传感器可能短路。",
			de: "Der Temperaturfühler des Betts hat vielleicht einen Kurzschluss.",
		},
		{
			en: "The bed's temperature sensor may have come loose.",
			zh: "热床温度传感器可能松脱。",
			de: "Der Temperaturfühler des Betts hat sich vielleicht gelöst.",
		},
		{
			en: "The bed does not heat up as it should.",
			zh: "热床升温异常。",
			de: "Das Bett wird nicht so warm, wie es sollte.",
		},
		{
			en: "The nozzle's heater may have a short circuit. Turn the printer off.",
			zh: "喷嘴加热器可能短路。请关闭打印机。",
			de: "Die Düsenheizung hat vielleicht einen Kurzschluss. Den Drucker ausschalten.",
		},
		{
			en: "The nozzle's heater does not conduct: its wire may be loose.",
			zh: "喷嘴加热器不导通：导线可能松动。",
			de: "Die Düsenheizung leitet nicht: vielleicht ist ihr Kabel locker.",
		},
		{
			en: "The nozzle is too hot. Turn the printer off.",
			zh: "喷嘴过热。请关闭打印机。",
			de: "Die Düse ist zu heiß. Den Drucker ausschalten.",
		},
		{
			en: "The nozzle's temperature sensor may have a short circuit. See whether it is plugged in.",
			zh: "喷嘴温度传感器可能短路。请检查是否插好。",
			de: "Der Temperaturfühler der Düse hat vielleicht einen Kurzschluss. Prüfen, ob er eingesteckt ist.",
		},
		{
			en: "The nozzle's temperature sensor may have come loose.",
			zh: "喷嘴温度传感器可能松脱。",
			de: "Der Temperaturfühler der Düse hat sich vielleicht gelöst.",
		},
		{
			en: "The nozzle does not reach its temperature. See whether the hotend sits right.",
			zh: "喷嘴达不到设定温度。请检查热端是否安装到位。",
			de: "Die Düse erreicht ihre Temperatur nicht. Prüfen, ob das Hotend richtig sitzt.",
		},
		{
			en: "The left nozzle's heater may have a short circuit. Turn the printer off.",
			zh: "左喷嘴加热器可能短路。请关闭打印机。",
			de: "Die Heizung der linken Düse hat vielleicht einen Kurzschluss. Den Drucker ausschalten.",
		},
		{
			en: "The left nozzle is too hot. Turn the printer off.",
			zh: "左喷嘴过热。请关闭打印机。",
			de: "Die linke Düse ist zu heiß. Den Drucker ausschalten.",
		},
		{
			en: "The left nozzle does not reach its temperature. See whether the hotend sits right.",
			zh: "左喷嘴达不到设定温度。请检查热端是否安装到位。",
			de: "Die linke Düse erreicht ihre Temperatur nicht. Prüfen, ob das Hotend richtig sitzt.",
		},
		{
			en: "The chamber's heater blows no hot air. Look at its fan.",
			zh: "腔体加热器没有吹出热风。请检查它的风扇。",
			de: "Die Kammerheizung bläst keine warme Luft. Ihren Lüfter ansehen.",
		},
		{
			en: "The chamber does not get warm. Close the door and the lid.",
			zh: "腔体温度上不去。请关好门和顶盖。",
			de: "Die Kammer wird nicht warm. Tür und Deckel schließen.",
		},
		{
			en: "The chamber did not reach its temperature, and the job goes on without it.",
			zh: "腔体没有达到设定温度，任务仍在继续。",
			de: "Die Kammer hat ihre Temperatur nicht erreicht, der Auftrag geht trotzdem weiter.",
		},
		{
			en: "The chamber cools down slowly. Opening the door or the lid helps.",
			zh: "腔体降温缓慢。打开门或顶盖会有帮助。",
			de: "Die Kammer kühlt langsam ab. Tür oder Deckel zu öffnen hilft.",
		},
		{
			en: "The bed is hotter than this filament takes well: the nozzle may clog. Open the door.",
			zh: "热床温度对这种耗材过高，喷嘴可能堵塞。请打开门。",
			de: "Das Bett ist für dieses Filament zu heiß, die Düse kann verstopfen. Die Tür öffnen.",
		},
		{
			en: "It is below 10 °C; the printer is too cold to print.",
			zh: "温度低于 10 °C，打印机太冷，无法打印。",
			de: "Es sind unter 10 °C, der Drucker ist zu kalt zum Drucken.",
		},
		{
			en: "The hotend's fan is too slow or stands still. See whether anything blocks it.",
			zh: "热端风扇过慢或停转。请检查是否受阻。",
			de: "Der Hotend-Lüfter ist zu langsam oder steht. Prüfen, ob ihn etwas blockiert.",
		},
		{
			en: "The hotend's fan is slow. Clean it.",
			zh: "热端风扇偏慢。请清洁。",
			de: "Der Hotend-Lüfter ist langsam. Reinigen.",
		},
		{
			en: "The part fan is too slow or stands still. See whether anything blocks it.",
			zh: "部件风扇过慢或停转。请检查是否受阻。",
			de: "Der Bauteillüfter ist zu langsam oder steht. Prüfen, ob ihn etwas blockiert.",
		},
		{
			en: "The aux fan is too slow or stands still. See whether anything blocks it.",
			zh: "辅助风扇过慢或停转。请检查是否受阻。",
			de: "Der Zusatzlüfter ist zu langsam oder steht. Prüfen, ob ihn etwas blockiert.",
		},
		{
			en: "The chamber fan is too slow or stands still. See whether anything blocks it.",
			zh: "腔体风扇过慢或停转。请检查是否受阻。",
			de: "Der Kammerlüfter ist zu langsam oder steht. Prüfen, ob ihn etwas blockiert.",
		},
		{
			en: "The nozzle is blocked, and the job ended.",
			zh: "喷嘴堵塞，任务已结束。",
			de: "Die Düse ist verstopft, der Auftrag ist beendet.",
		},
		{
			en: "The nozzle is blocked. Clean it before you resume.",
			zh: "喷嘴堵塞。继续前请先清理。",
			de: "Die Düse ist verstopft. Vor dem Fortsetzen reinigen.",
		},
		{
			en: "Filament sticks to the nozzle, or the plate lies askew. Clean the nozzle.",
			zh: "喷嘴上粘有耗材，或打印板没有放正。请清洁喷嘴。",
			de: "An der Düse klebt Filament, oder die Platte liegt schief. Die Düse reinigen.",
		},
		{
			en: "The camera sees a lump of filament on the nozzle. Clean it.",
			zh: "摄像头发现喷嘴上有耗材团。请清理。",
			de: "Die Kamera sieht einen Filamentklumpen an der Düse. Entfernen.",
		},
		{
			en: "Little or nothing comes out of the nozzle. Look at the print before you resume.",
			zh: "喷嘴出料很少或没有出料。继续前请检查打印件。",
			de: "Aus der Düse kommt wenig oder nichts. Vor dem Fortsetzen den Druck ansehen.",
		},
		{
			en: "The printer seems to print in the air: nothing comes out of the nozzle.",
			zh: "打印机似乎在空打：喷嘴没有出料。",
			de: "Der Drucker scheint in die Luft zu drucken: aus der Düse kommt nichts.",
		},
		{
			en: "Filament passes the extruder with difficulty. It may be clogged.",
			zh: "耗材通过挤出机困难，可能堵塞。",
			de: "Das Filament geht schwer durch den Extruder. Vielleicht ist er verstopft.",
		},
		{
			en: "The nozzle is missing or sits loosely. Put it in.",
			zh: "喷嘴缺失或松动。请装好。",
			de: "Die Düse fehlt oder ist locker. Einsetzen.",
		},
		{
			en: "The toolhead's front cover is off. Put it on.",
			zh: "工具头前盖脱落。请装上。",
			de: "Die Frontabdeckung des Druckkopfs ist ab. Anbringen.",
		},
		{
			en: "The cutter hangs. Pull its lever out.",
			zh: "切刀卡住。请拉出它的手柄。",
			de: "Der Schneider klemmt. Seinen Hebel herausziehen.",
		},
		{
			en: "The build plate on the bed is not the one the job was made for.",
			zh: "热床上的打印板与任务要求的不符。",
			de: "Auf dem Bett liegt nicht die Druckplatte, für die der Auftrag gemacht ist.",
		},
		{
			en: "There is no build plate on the bed, or it is dirty.",
			zh: "热床上没有打印板，或打印板太脏。",
			de: "Auf dem Bett liegt keine Druckplatte, oder sie ist schmutzig.",
		},
		{
			en: "The build plate's mark is not where it should be. Put the plate on straight.",
			zh: "打印板的标记不在应有的位置。请放正打印板。",
			de: "Die Markierung der Druckplatte ist nicht am richtigen Ort. Die Platte gerade auflegen.",
		},
		{
			en: "Something lies on the build plate. Take it off.",
			zh: "打印板上有异物。请取走。",
			de: "Auf der Druckplatte liegt etwas. Wegnehmen.",
		},
		{
			en: "The first layer may have flaws. Look at it before you resume.",
			zh: "首层可能有缺陷。继续前请检查。",
			de: "Die erste Schicht hat vielleicht Fehler. Vor dem Fortsetzen ansehen.",
		},
		{
			en: "The print may have turned into spaghetti. Look at it.",
			zh: "打印件可能已变成乱丝。请检查。",
			de: "Der Druck ist vielleicht zu Spaghetti geworden. Ansehen.",
		},
		{
			en: "Purged filament may block the waste chute. Clear it.",
			zh: "废料可能堵住了出料槽。请清理。",
			de: "Ausgestoßenes Filament verstopft vielleicht den Auswurf. Frei machen.",
		},
		{
			en: "The first layer is being inspected.",
			zh: "正在检查首层。",
			de: "Die erste Schicht wird geprüft.",
		},
		{
			en: "The micro lidar's lens is dirty. Clean it.",
			zh: "微型激光雷达镜头脏污。请清洁。",
			de: "Die Linse des Micro-Lidars ist schmutzig. Reinigen.",
		},
		{
			en: "The camera gives no picture, so it cannot watch the print.",
			zh: "摄像头没有画面，无法监视打印。",
			de: "Die Kamera liefert kein Bild und kann den Druck nicht überwachen.",
		},
		{
			en: "The door is open, and the job is paused. Close it, then resume.",
			zh: "门开着，任务已暂停。请关门后继续。",
			de: "Die Tür ist offen, der Auftrag ist angehalten. Schließen, dann fortsetzen.",
		},
		{
			en: "The door or the lid was open, and the job ended.",
			zh: "门或顶盖曾打开，任务已结束。",
			de: "Tür oder Deckel war offen, der Auftrag ist beendet.",
		},
		{ en: "The door is open.", zh: "门开着。", de: "Die Tür ist offen." },
		{
			en: "The lid is open, and the job is paused. Close it, then resume.",
			zh: "顶盖开着，任务已暂停。请盖好后继续。",
			de: "Der Deckel ist offen, der Auftrag ist angehalten. Schließen, dann fortsetzen.",
		},
		{ en: "The lid is open.", zh: "顶盖开着。", de: "Der Deckel ist offen." },
		{
			en: "Parts of the printer lost contact with each other. Turn it off and on again.",
			zh: "打印机内部部件失去联系。请关机后再开机。",
			de: "Teile des Druckers haben die Verbindung zueinander verloren. Aus- und wieder einschalten.",
		},
		{
			en: "The job could not be resumed after the power failed.",
			zh: "断电后任务无法继续。",
			de: "Nach dem Stromausfall ließ sich der Auftrag nicht fortsetzen.",
		},
		{
			en: "The mains voltage is not the one that the printer is made for.",
			zh: "市电电压与打印机要求的不符。",
			de: "Die Netzspannung ist nicht die, für die der Drucker gebaut ist.",
		},
		{
			en: "The power failed during this job. Resume only if the print still sticks to the plate.",
			zh: "任务期间断电。只有打印件仍粘在打印板上时才继续。",
			de: "Während des Auftrags fiel der Strom aus. Nur fortsetzen, wenn der Druck noch an der Platte haftet.",
		},
		{
			en: "The motion controller does not answer. Turn the printer off and on again.",
			zh: "运动控制器没有应答。请将打印机关机后再开机。",
			de: "Die Bewegungssteuerung antwortet nicht. Den Drucker aus- und wieder einschalten.",
		},
		{
			en: "The toolhead does not answer. Turn the printer off and on again.",
			zh: "工具头没有应答。请将打印机关机后再开机。",
			de: "Der Druckkopf antwortet nicht. Den Drucker aus- und wieder einschalten.",
		},
		{
			en: "The AMS does not answer. Turn the printer off and on again.",
			zh: "AMS 没有应答。请将打印机关机后再开机。",
			de: "Das AMS antwortet nicht. Den Drucker aus- und wieder einschalten.",
		},
		{
			en: "The printer has no connection to the internet. In the local network it works all the same.",
			zh: "打印机没有连接互联网。在局域网中仍可正常工作。",
			de: "Der Drucker hat keine Verbindung zum Internet. Im lokalen Netz geht trotzdem alles.",
		},
		{
			en: "Paused, and the printer does not say why. Resume when all looks well.",
			zh: "已暂停，打印机没有说明原因。一切正常后请继续。",
			de: "Angehalten, und der Drucker sagt nicht warum. Fortsetzen, wenn alles in Ordnung aussieht.",
		},
		{
			en: "The print file asks for a pause here. Resume when you are done.",
			zh: "打印文件要求在此暂停。完成后请继续。",
			de: "Die Druckdatei verlangt hier eine Pause. Danach fortsetzen.",
		},
		{
			en: "The print file is gone. See whether the card or the drive is plugged in.",
			zh: "打印文件不见了。请检查存储卡或 U 盘是否插好。",
			de: "Die Druckdatei ist weg. Prüfen, ob Karte oder Stick eingesteckt ist.",
		},
		{
			en: "The printer does not take the file's name. Give it another one and send it anew.",
			zh: "打印机不接受这个文件名。请改名后重新发送。",
			de: "Der Drucker nimmt den Dateinamen nicht an. Umbenennen und neu senden.",
		},
		{
			en: "The print file cannot be read. Slice it again and send it anew.",
			zh: "打印文件无法读取。请重新切片并发送。",
			de: "Die Druckdatei ist nicht lesbar. Neu slicen und neu senden.",
		},
		{
			en: "The printer was busy and refused a new job.",
			zh: "打印机正忙，拒绝了新任务。",
			de: "Der Drucker war beschäftigt und hat einen neuen Auftrag abgelehnt.",
		},
		{
			en: "The printer updates its firmware and takes no job now.",
			zh: "打印机正在更新固件，现在不接受任务。",
			de: "Der Drucker aktualisiert seine Firmware und nimmt jetzt keinen Auftrag an.",
		},
		{
			en: "There is too little room left on the printer for this job. Delete some files.",
			zh: "打印机的存储空间不足。请删除一些文件。",
			de: "Auf dem Drucker ist zu wenig Platz für diesen Auftrag. Einige Dateien löschen.",
		},
		{
			en: "The print file did not reach the printer. Look at the network and send it anew.",
			zh: "打印文件没有送达打印机。请检查网络并重新发送。",
			de: "Die Druckdatei kam nicht beim Drucker an. Das Netzwerk prüfen und neu senden.",
		},
		{
			en: "There is no memory card or drive in the printer. Put one in and start the job again.",
			zh: "打印机中没有存储卡或 U 盘。请插入后重新开始任务。",
			de: "Im Drucker steckt weder Karte noch Stick. Einstecken und den Auftrag neu starten.",
		},
		{
			en: "The memory card or drive is write-protected.",
			zh: "存储卡或 U 盘被写保护。",
			de: "Die Karte oder der Stick ist schreibgeschützt.",
		},
		{
			en: "The printer cannot use the memory card or drive as it is. Format it in the printer.",
			zh: "打印机无法使用当前格式的存储卡或 U 盘。请在打印机上格式化。",
			de: "Der Drucker kann die Karte oder den Stick so nicht verwenden. Im Drucker formatieren.",
		},
		{
			en: "The memory card or drive is damaged. Format it or put in another one.",
			zh: "存储卡或 U 盘已损坏。请格式化或更换。",
			de: "Die Karte oder der Stick ist beschädigt. Formatieren oder ersetzen.",
		},
		{
			en: "The memory card or drive is full, so no video is recorded.",
			zh: "存储卡或 U 盘已满，无法录像。",
			de: "Die Karte oder der Stick ist voll, deshalb wird kein Video aufgenommen.",
		},
		{
			en: "There is no memory card or drive, so no time-lapse is recorded.",
			zh: "没有存储卡或 U 盘，无法录制延时摄影。",
			de: "Es steckt weder Karte noch Stick, deshalb wird kein Zeitraffer aufgenommen.",
		},
		{
			en: "The file was sliced for another model.",
			zh: "文件是为其他型号切片的。",
			de: "Die Datei wurde für ein anderes Modell geslict.",
		},
		{
			en: "The file was sliced for another nozzle.",
			zh: "文件是为其他喷嘴切片的。",
			de: "Die Datei wurde für eine andere Düse geslict.",
		},
		{
			en: "There is no power for a job while the AMS dries. End the drying first.",
			zh: "AMS 烘干时电力不足，无法执行任务。请先结束烘干。",
			de: "Solange das AMS trocknet, reicht der Strom nicht für einen Auftrag. Erst das Trocknen beenden.",
		},
		{
			en: "The printer refused an unsigned command: its Developer Mode is off. Culm can only watch it.",
			zh: "打印机拒绝了未签名的命令：开发者模式已关闭。Culm 只能查看它。",
			de: "Der Drucker hat einen unsignierten Befehl abgelehnt: der Entwicklermodus ist aus. Culm kann ihn nur anzeigen.",
		},
		{
			en: "The AMS could not change the filament, and the job ended.",
			zh: "AMS 无法更换耗材，任务已结束。",
			de: "Das AMS konnte das Filament nicht wechseln, der Auftrag ist beendet.",
		},
		{
			en: "The filament has run out. Load new filament, then resume.",
			zh: "耗材用完。请装入新耗材后继续。",
			de: "Das Filament ist zu Ende. Neues laden, dann fortsetzen.",
		},
		{
			en: "The job does not use the AMS, but its filament is still loaded. Unload it first.",
			zh: "任务不使用 AMS，但它的耗材仍装载着。请先退料。",
			de: "Der Auftrag braucht das AMS nicht, aber dessen Filament ist noch geladen. Erst entladen.",
		},
		{
			en: "The filament could not be cut. Look at the cutter.",
			zh: "耗材没有切断。请检查切刀。",
			de: "Das Filament ließ sich nicht abschneiden. Den Schneider ansehen.",
		},
		{
			en: "The filament does not come out of the extruder. It may have broken there, or clog it.",
			zh: "耗材退不出挤出机。可能断在里面或堵住了。",
			de: "Das Filament kommt nicht aus dem Extruder. Vielleicht ist es dort gebrochen oder verstopft ihn.",
		},
		{
			en: "The filament cannot be pulled back. See whether the spool turns freely.",
			zh: "耗材无法回抽。请检查料盘能否自由转动。",
			de: "Das Filament lässt sich nicht zurückziehen. Prüfen, ob sich die Spule frei dreht.",
		},
		{
			en: "The filament cannot be pushed out. Cut its end straight and put it in again.",
			zh: "耗材无法送出。请将末端剪平后重新插入。",
			de: "Das Filament lässt sich nicht vorschieben. Das Ende gerade abschneiden und neu einstecken.",
		},
		{
			en: "There is no filament in the inlet. Push it in.",
			zh: "进料口没有耗材。请推入。",
			de: "Im Einlass steckt kein Filament. Hineinschieben.",
		},
		{
			en: "The filament does not reach the extruder. See whether the spool turns freely.",
			zh: "耗材没有到达挤出机。请检查料盘能否自由转动。",
			de: "Das Filament erreicht den Extruder nicht. Prüfen, ob sich die Spule frei dreht.",
		},
		{
			en: "The filament was loaded, but nothing comes out of the nozzle. It may be clogged.",
			zh: "耗材已装载，但喷嘴没有出料。可能堵塞。",
			de: "Das Filament ist geladen, aber aus der Düse kommt nichts. Vielleicht ist sie verstopft.",
		},
		{
			en: "A filament tube seems to have come off. See whether all are plugged in.",
			zh: "料管似乎脱落。请检查是否都插好。",
			de: "Ein Filamentschlauch scheint ab zu sein. Prüfen, ob alle eingesteckt sind.",
		},
		{
			en: "The filament is hard to pull. It may be tangled, or the spool stuck.",
			zh: "耗材拉动困难。可能缠绕，或料盘卡住。",
			de: "Das Filament lässt sich schwer ziehen. Vielleicht ist es verheddert, oder die Spule klemmt.",
		},
		{
			en: "The spool has run out. Put a new one into the same slot, then resume.",
			zh: "料盘用完。请在同一料槽放入新料盘后继续。",
			de: "Die Spule ist leer. Eine neue in dasselbe Fach legen, dann fortsetzen.",
		},
		{
			en: "The printer does not know which slot to print from. Resume to try again.",
			zh: "打印机不知道该用哪个料槽。请继续以重试。",
			de: "Der Drucker weiß nicht, aus welchem Fach er drucken soll. Fortsetzen versucht es erneut.",
		},
		{
			en: "The old filament was not purged in time. It may be stuck, or the nozzle clogged.",
			zh: "旧耗材没有及时冲刷。可能卡住，或喷嘴堵塞。",
			de: "Das alte Filament wurde nicht rechtzeitig ausgespült. Vielleicht klemmt es, oder die Düse ist verstopft.",
		},
		{
			en: "The extruder does not push the filament well. Look at the print before you resume.",
			zh: "挤出机送料不畅。继续前请检查打印件。",
			de: "Der Extruder fördert das Filament schlecht. Vor dem Fortsetzen den Druck ansehen.",
		},
		{
			en: "This unit is drying. End that before you load or unload.",
			zh: "这个供料单元正在烘干。装载或退料前请先结束烘干。",
			de: "Diese Einheit trocknet gerade. Das vor dem Laden oder Entladen beenden.",
		},
		{
			en: "The unit that the job prints from is disconnected. Plug it in, and the job goes on.",
			zh: "任务所用的供料单元已断开。重新接上后任务会继续。",
			de: "Die Einheit, aus der gedruckt wird, ist nicht verbunden. Einstecken, dann geht der Auftrag weiter.",
		},
		{
			en: "The unit's motor slips on the filament. Cut off the worn piece.",
			zh: "供料单元的电机在耗材上打滑。请剪掉磨损的一段。",
			de: "Der Motor der Einheit rutscht auf dem Filament. Das abgenutzte Stück abschneiden.",
		},
		{
			en: "The spool's tag cannot be read. It may be damaged.",
			zh: "料盘标签无法读取，可能已损坏。",
			de: "Das Etikett der Spule ist nicht lesbar. Vielleicht ist es beschädigt.",
		},
		{
			en: "The spool has run out. Put in a new one.",
			zh: "料盘用完。请放入新料盘。",
			de: "Die Spule ist leer. Eine neue einlegen.",
		},
		{
			en: "The slot is empty. Put in a spool.",
			zh: "料槽是空的。请放入料盘。",
			de: "Das Fach ist leer. Eine Spule einlegen.",
		},
		{
			en: "The filament may have broken inside the unit or its tube.",
			zh: "耗材可能断在供料单元或料管里。",
			de: "Das Filament ist vielleicht in der Einheit oder im Schlauch gebrochen.",
		},
		{
			en: "The filament may have broken inside the toolhead.",
			zh: "耗材可能断在工具头里。",
			de: "Das Filament ist vielleicht im Druckkopf gebrochen.",
		},
		{
			en: "The spool has run out, and its rest was not purged. It may be stuck in the toolhead.",
			zh: "料盘用完，剩余耗材没有冲刷干净。可能卡在工具头里。",
			de: "Die Spule ist leer, und der Rest wurde nicht ausgespült. Vielleicht klemmt er im Druckkopf.",
		},
		{
			en: "The spool has run out. Its rest is being purged.",
			zh: "料盘用完。正在冲刷剩余耗材。",
			de: "Die Spule ist leer. Der Rest wird ausgespült.",
		},
		{
			en: "The spool has run out, and the job went on with another one of the same filament.",
			zh: "料盘用完，任务已用另一盘相同的耗材继续。",
			de: "Die Spule ist leer, der Auftrag ging mit einer anderen mit gleichem Filament weiter.",
		},
		{
			en: "The dryer may be overheating. Cut the unit's power.",
			zh: "烘干器可能过热。请切断供料单元的电源。",
			de: "Der Trockner überhitzt vielleicht. Die Einheit vom Strom trennen.",
		},
		{
			en: "Drying cannot begin while filament is loaded. Pull it out of the unit's outlet.",
			zh: "耗材装载时无法开始烘干。请把它从供料单元出口拉出。",
			de: "Das Trocknen kann nicht beginnen, solange Filament geladen ist. Es aus dem Auslass der Einheit ziehen.",
		},
		{
			en: "The dryer does not hold its temperature. See whether the lid is closed.",
			zh: "烘干器无法保持温度。请检查盖子是否盖好。",
			de: "Der Trockner hält seine Temperatur nicht. Prüfen, ob der Deckel zu ist.",
		},
		{
			en: "The unit is too warm to feed filament or read tags. Let it cool down.",
			zh: "供料单元过热，无法送料或读取标签。请等它冷却。",
			de: "Die Einheit ist zu warm, um Filament zu fördern oder Etiketten zu lesen. Abkühlen lassen.",
		},
		{
			en: "Pull the filament out of the external spool's tube by hand.",
			zh: "请用手把耗材从外置料盘的料管中拉出。",
			de: "Das Filament von Hand aus dem Schlauch der externen Spule ziehen.",
		},
		{
			en: "The filament cannot be pulled back out of the toolhead. See whether it is stuck.",
			zh: "耗材无法从工具头退出。请检查是否卡住。",
			de: "Das Filament lässt sich nicht aus dem Druckkopf zurückziehen. Prüfen, ob es klemmt.",
		},
		{
			en: "Push the filament into the tube by hand, as far as it goes.",
			zh: "请用手把耗材尽量推入料管。",
			de: "Das Filament von Hand so weit wie möglich in den Schlauch schieben.",
		},
		{
			en: "See whether filament comes out of the nozzle. If not, push it a little and try again.",
			zh: "请检查喷嘴是否出料。如果没有，请稍微推一下再试。",
			de: "Prüfen, ob Filament aus der Düse kommt. Wenn nicht, etwas nachschieben und noch einmal versuchen.",
		},
		{
			en: "The external spool is hard to pull. It may be tangled.",
			zh: "外置料盘拉动困难，可能缠绕。",
			de: "Die externe Spule lässt sich schwer ziehen. Vielleicht ist sie verheddert.",
		},
		{
			en: "The external spool has run out. Load new filament, then resume.",
			zh: "外置料盘用完。请装入新耗材后继续。",
			de: "Die externe Spule ist leer. Neues Filament laden, dann fortsetzen.",
		},
		{
			en: "A spool on the AMS Lite has run out. Put on a new one, then resume.",
			zh: "AMS Lite 的一个料盘用完。请换上新料盘后继续。",
			de: "Eine Spule am AMS Lite ist leer. Eine neue aufstecken, dann fortsetzen.",
		},
		{
			en: "There is no filament on the external spool. Load some.",
			zh: "外置料盘没有耗材。请装入。",
			de: "Auf der externen Spule ist kein Filament. Welches laden.",
		},
		{
			en: "Pull the external spool's filament out of the extruder.",
			zh: "请把外置料盘的耗材从挤出机中拉出。",
			de: "Das Filament der externen Spule aus dem Extruder ziehen.",
		},
	].map((texts) => Object.freeze(texts)),
);

/** Of a text without a translation, the text itself. */
export function faultTextIn(language: LanguageCode, english: string): string {
	if (language === "en") return english;
	for (const texts of FAULTS) if (texts.en === english) return texts[language];
	return english;
}
