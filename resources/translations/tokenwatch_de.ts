<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>tokenwatch</name>
        <message>
            <source>{provider} {window} limit</source>
            <translation>{provider}-Limit ({window})</translation>
        </message>
        <message>
            <source>Open Spend</source>
            <translation>Ausgaben öffnen</translation>
        </message>
        <message>
            <source>Not this month</source>
            <translation>Nicht diesen Monat</translation>
        </message>
        <message>
            <source>this month</source>
            <translation>diesen Monat</translation>
        </message>
        <message>
            <source>this week</source>
            <translation>diese Woche</translation>
        </message>
        <message>
            <source>today</source>
            <translation>heute</translation>
        </message>
        <message>
            <source>Projected {amount}, range {range}.</source>
            <translation>Voraussichtlich {amount}, Spanne {range}.</translation>
        </message>
        <message>
            <source>Most today: {agent}, {cost}.</source>
            <translation>Heute am meisten: {agent}, {cost}.</translation>
        </message>
        <message>
            <source>of {budget}</source>
            <translation>von {budget}</translation>
        </message>
        <message>
            <source>Half {name}’s budget used</source>
            <translation>Halbes Budget von {name} verbraucht</translation>
        </message>
        <message>
            <source>{name}’s budget used up</source>
            <translation>Budget von {name} verbraucht</translation>
        </message>
        <message>
            <source>{percent}% of {name}’s budget used</source>
            <translation>{percent} % des Budgets von {name} verbraucht</translation>
        </message>
        <message>
            <source>Half the {name} budget used</source>
            <translation>Halbes Budget für {name} verbraucht</translation>
        </message>
        <message>
            <source>{name} budget used up</source>
            <translation>Budget für {name} verbraucht</translation>
        </message>
        <message>
            <source>{percent}% of the {name} budget used</source>
            <translation>{percent} % des Budgets für {name} verbraucht</translation>
        </message>
        <message>
            <source>Half this week’s budget used</source>
            <translation>Halbes Wochenbudget verbraucht</translation>
        </message>
        <message>
            <source>This week’s budget used up</source>
            <translation>Wochenbudget verbraucht</translation>
        </message>
        <message>
            <source>{percent}% of this week’s budget used</source>
            <translation>{percent} % des Wochenbudgets verbraucht</translation>
        </message>
        <message>
            <source>Half today’s budget used</source>
            <translation>Halbes Tagesbudget verbraucht</translation>
        </message>
        <message>
            <source>Today passed {name}</source>
            <translation>Heute über {name}</translation>
        </message>
        <message>
            <source>{percent}% of today’s budget used</source>
            <translation>{percent} % des Tagesbudgets verbraucht</translation>
        </message>
        <message>
            <source>{count} requests have no price.</source>
            <translation>{count} Anfragen haben keinen Preis.</translation>
        </message>
        <message>
            <source>Projected {range}.</source>
            <translation>Voraussichtlich {range}.</translation>
        </message>
        <message>
            <source>A budget passes its marks</source>
            <translation>Ein Budget erreicht seine Marken</translation>
        </message>
        <message>
            <source>Remind at {percent}%</source>
            <translation>Bei {percent} % erinnern</translation>
        </message>
        <message>
            <source>at list prices</source>
            <translation>zu Listenpreisen</translation>
        </message>
        <message>
            <source>on day {number}</source>
            <translation>am Tag {number}</translation>
        </message>
        <message>
            <source>of {count} budgets</source>
            <translation>von {count} Budgets</translation>
        </message>
        <message>
            <source>once a budget is set</source>
            <translation>sobald ein Budget gesetzt ist</translation>
        </message>
        <message>
            <source>Raise budget…</source>
            <translation>Budget erhöhen…</translation>
        </message>
        <message>
            <source>A usual day is {cost}.</source>
            <translation>Ein üblicher Tag kostet {cost}.</translation>
        </message>
        <message>
            <source>1 request has no price.</source>
            <translation>1 Anfrage hat keinen Preis.</translation>
        </message>
        <message>
            <source>A loop outlives its prompt cache</source>
            <translation>Eine Schleife überlebt ihren Cache</translation>
        </message>
        <message>
            <source>this loop outlives its cache</source>
            <translation>diese Schleife überlebt ihren Cache</translation>
        </message>
        <message>
            <source>{count} times in 6 hours all of it was written anew, now {tokens} tokens.</source>
            <translation>In 6 Stunden wurde {count}-mal alles neu geschrieben, jetzt {tokens} Token.</translation>
        </message>
        <message>
            <source>{count} times 100k tokens written anew after a pause</source>
            <translation>{count}-mal 100k Token nach einer Pause neu geschrieben</translation>
        </message>
        <message>
            <source>A conversation is compacted over and over</source>
            <translation>Ein Gespräch wird oft verdichtet</translation>
        </message>
        <message>
            <source>compacted {count} times in 30 minutes</source>
            <translation>in 30 Minuten {count}-mal verdichtet</translation>
        </message>
        <message>
            <source>Only 1 response lay between the last two compactions.</source>
            <translation>Zwischen den letzten zwei Verdichtungen lag nur 1 Antwort.</translation>
        </message>
        <message>
            <source>Only {count} responses lay between the last two compactions.</source>
            <translation>Zwischen den letzten zwei Verdichtungen lagen nur {count} Antworten.</translation>
        </message>
        <message>
            <source>Each time the conversation is read as a whole.</source>
            <translation>Jedes Mal wird das Gespräch ganz gelesen.</translation>
        </message>
        <message>
            <source>compacted again at once</source>
            <translation>gleich wieder verdichtet</translation>
        </message>
        <message>
            <source>{count} times in 30 minutes, or less than {fewest} responses apart</source>
            <translation>{count}-mal in 30 Minuten, oder weniger als {fewest} Antworten dazwischen</translation>
        </message>
        <message>
            <source>its process ended in a turn</source>
            <translation>sein Prozess endete mitten in einem Zug</translation>
        </message>
        <message>
            <source>An agent crashed</source>
            <translation>Ein Agent ist abgestürzt</translation>
        </message>
        <message>
            <source>{agent} stopped in {project}</source>
            <translation>{agent} hielt in {project} an</translation>
        </message>
        <message>
            <source>Its process ended in the middle of a turn.</source>
            <translation>Sein Prozess endete mitten in einem Zug.</translation>
        </message>
        <message>
            <source>Open Live</source>
            <translation>Live öffnen</translation>
        </message>
        <message>
            <source>about {usual} metered</source>
            <translation>etwa {usual} nach Verbrauch</translation>
        </message>
        <message>
            <source>today {spent}</source>
            <translation>heute {spent}</translation>
        </message>
        <message>
            <source>{today} metered so far; a usual day of the weekend costs {usual}.</source>
            <translation>Bisher {today} nach Verbrauch; ein üblicher Tag am Wochenende kostet {usual}.</translation>
        </message>
        <message>
            <source>{today} metered so far; a usual working day costs {usual}.</source>
            <translation>Bisher {today} nach Verbrauch; ein üblicher Arbeitstag kostet {usual}.</translation>
        </message>
        <message>
            <source>once it is known what is usual</source>
            <translation>sobald bekannt ist, was üblich ist</translation>
        </message>
        <message>
            <source>Today is dearer than usual</source>
            <translation>Heute ist teurer als üblich</translation>
        </message>
        <message>
            <source>Today is dearer than usual: {today}</source>
            <translation>Heute teurer als üblich: {today}</translation>
        </message>
        <message>
            <source>{count} failed requests in 5 minutes</source>
            <translation>{count} gescheiterte Anfragen in 5 Minuten</translation>
        </message>
        <message>
            <source>Requests keep failing</source>
            <translation>Anfragen scheitern immer wieder</translation>
        </message>
        <message>
            <source>The agent tries again each time.</source>
            <translation>Der Agent versucht es jedes Mal wieder.</translation>
        </message>
        <message>
            <source>{count} in 5 minutes</source>
            <translation>{count} in 5 Minuten</translation>
        </message>
        <message>
            <source>Sub-agents multiply</source>
            <translation>Unteragenten vermehren sich</translation>
        </message>
        <message>
            <source>{count} sub-agents in 10 minutes</source>
            <translation>{count} Unteragenten in 10 Minuten</translation>
        </message>
        <message>
            <source>{count} sub-agents run at once</source>
            <translation>{count} Unteragenten laufen zugleich</translation>
        </message>
        <message>
            <source>{count} run now, {depth} levels deep.</source>
            <translation>{count} laufen jetzt, {depth} Stufen tief.</translation>
        </message>
        <message>
            <source>{count} of them run now.</source>
            <translation>{count} davon laufen jetzt.</translation>
        </message>
        <message>
            <source>{count} began in the last 10 minutes.</source>
            <translation>{count} begannen in den letzten 10 Minuten.</translation>
        </message>
        <message>
            <source>sub-agents start sub-agents</source>
            <translation>Unteragenten starten Unteragenten</translation>
        </message>
        <message>
            <source>more than {spawned} in 10 minutes, {running} at once, or sub-agents of sub-agents</source>
            <translation>mehr als {spawned} in 10 Minuten, {running} zugleich, oder Unteragenten von Unteragenten</translation>
        </message>
        <message>
            <source>After {long}.</source>
            <translation>Nach {long}.</translation>
        </message>
        <message>
            <source>after {long} of work or more</source>
            <translation>nach {long} Arbeit oder mehr</translation>
        </message>
        <message>
            <source>After {long}, {cost} at API prices.</source>
            <translation>Nach {long}, {cost} zu API-Preisen.</translation>
        </message>
        <message>
            <source>An agent finished</source>
            <translation>Ein Agent ist fertig</translation>
        </message>
        <message>
            <source>{agent} finished in {project}</source>
            <translation>{agent} ist in {project} fertig</translation>
        </message>
        <message>
            <source>Go to terminal</source>
            <translation>Zum Terminal</translation>
        </message>
        <message>
            <source>for half an hour</source>
            <translation>seit einer halben Stunde</translation>
        </message>
        <message>
            <source>projected {amount}</source>
            <translation>voraussichtlich {amount}</translation>
        </message>
        <message>
            <source>Budget {budget}, range {range}.</source>
            <translation>Budget {budget}, Spanne {range}.</translation>
        </message>
        <message>
            <source>{agent} doubled this week.</source>
            <translation>{agent} hat sich diese Woche verdoppelt.</translation>
        </message>
        <message>
            <source>too early</source>
            <translation>zu früh</translation>
        </message>
        <message>
            <source>Projection passes the budget</source>
            <translation>Prognose über dem Budget</translation>
        </message>
        <message>
            <source>It will likely be passed.</source>
            <translation>Es wird wohl überschritten.</translation>
        </message>
        <message>
            <source>{month} is heading for {amount}</source>
            <translation>{month} läuft auf {amount} zu</translation>
        </message>
        <message>
            <source>See why</source>
            <translation>Warum?</translation>
        </message>
        <message>
            <source>A limit that was used up has reset</source>
            <translation>Ein Limit ist zurückgesetzt</translation>
        </message>
        <message>
            <source>{limit} has reset</source>
            <translation>{limit} ist zurückgesetzt</translation>
        </message>
        <message>
            <source>It was used up. Agents can go on.</source>
            <translation>Es war verbraucht. Die Agenten können weitermachen.</translation>
        </message>
        <message>
            <source>Open Limits</source>
            <translation>Limits öffnen</translation>
        </message>
        <message>
            <source>{percent}% used.</source>
            <translation>{percent} % verbraucht.</translation>
        </message>
        <message>
            <source>A limit will be used up before it resets</source>
            <translation>Ein Limit reicht nicht bis zuletzt</translation>
        </message>
        <message>
            <source>{limit} runs out early</source>
            <translation>{limit} reicht nicht</translation>
        </message>
        <message>
            <source>At this pace it is used up in ~{left}, {early} before reset.</source>
            <translation>Bei diesem Tempo in ~{left} verbraucht, {early} vor dem Zurücksetzen.</translation>
        </message>
        <message>
            <source>at the average of the window so far</source>
            <translation>beim bisherigen Mittel des Fensters</translation>
        </message>
        <message>
            <source>{level}% of the {limit} used</source>
            <translation>{limit} zu {level} % verbraucht</translation>
        </message>
        <message>
            <source>{limit} used up</source>
            <translation>{limit} verbraucht</translation>
        </message>
        <message>
            <source>A limit of a plan is nearly used up</source>
            <translation>Ein Limit ist fast verbraucht</translation>
        </message>
        <message>
            <source>Resets in {time}.</source>
            <translation>Zurückgesetzt in {time}.</translation>
        </message>
        <message>
            <source>At this pace it lasts {time}.</source>
            <translation>Bei diesem Tempo reicht es {time}.</translation>
        </message>
        <message>
            <source>80%, 95% and 100%</source>
            <translation>80 %, 95 % und 100 %</translation>
        </message>
        <message>
            <source>At this pace it lasts until then.</source>
            <translation>Bei diesem Tempo reicht es bis dahin.</translation>
        </message>
        <message>
            <source>for a model in use</source>
            <translation>für ein benutztes Modell</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keines</translation>
        </message>
        <message>
            <source>A price is missing</source>
            <translation>Ein Preis fehlt</translation>
        </message>
        <message>
            <source>1 model</source>
            <translation>1 Modell</translation>
        </message>
        <message>
            <source>{count} models</source>
            <translation>{count} Modelle</translation>
        </message>
        <message>
            <source>No price for {model}</source>
            <translation>Kein Preis für {model}</translation>
        </message>
        <message>
            <source>{count} requests this month are counted in tokens, but not in money.</source>
            <translation>{count} Anfragen in diesem Monat sind in Token gezählt, aber nicht in Geld.</translation>
        </message>
        <message>
            <source>Set a price…</source>
            <translation>Preis setzen…</translation>
        </message>
        <message>
            <source>an unnamed model</source>
            <translation>ein Modell ohne Namen</translation>
        </message>
        <message>
            <source>above {cost} an hour and {times} times the usual, for 10 minutes</source>
            <translation>über {cost} die Stunde und dem {times}-Fachen des Üblichen, 10 Minuten lang</translation>
        </message>
        <message>
            <source>{cost} an hour</source>
            <translation>{cost} die Stunde</translation>
        </message>
        <message>
            <source>It is fine</source>
            <translation>In Ordnung</translation>
        </message>
        <message>
            <source> Most tokens: {name}.</source>
            <translation> Die meisten Token: {name}.</translation>
        </message>
        <message>
            <source>Agents use far more than usual</source>
            <translation>Viel mehr Verbrauch als üblich</translation>
        </message>
        <message>
            <source>Agents use {cost} an hour</source>
            <translation>Agenten verbrauchen {cost} die Stunde</translation>
        </message>
        <message>
            <source>Agents worked in {hours} of the last 24 hours</source>
            <translation>Agenten arbeiteten in {hours} der letzten 24 Stunden</translation>
        </message>
        <message>
            <source>Nobody typed anything for {hours} hours.</source>
            <translation>Seit {hours} Stunden hat niemand etwas eingegeben.</translation>
        </message>
        <message>
            <source>At API prices; they rarely pass {cost}.</source>
            <translation>Zu API-Preisen; selten sind es mehr als {cost}.</translation>
        </message>
        <message>
            <source>The same call over and over</source>
            <translation>Immer wieder derselbe Aufruf</translation>
        </message>
        <message>
            <source>the same call {count} times in a row</source>
            <translation>{count}-mal hintereinander derselbe Aufruf</translation>
        </message>
        <message>
            <source>Tool and arguments were equal each time.</source>
            <translation>Werkzeug und Argumente waren jedes Mal gleich.</translation>
        </message>
        <message>
            <source>mostly waits, and pays for it</source>
            <translation>wartet meistens und zahlt dafür</translation>
        </message>
        <message>
            <source>{share} of the last 30 minutes’ tokens asked if it is done.</source>
            <translation>{share} der Token der letzten 30 Minuten fragten, ob es fertig ist.</translation>
        </message>
        <message>
            <source>{count} equal calls in a row, or {share} of tokens for waiting</source>
            <translation>{count} gleiche Aufrufe hintereinander, oder {share} der Token fürs Warten</translation>
        </message>
        <message>
            <source>{cost} in the last hour</source>
            <translation>{cost} in der letzten Stunde</translation>
        </message>
        <message>
            <source>less than an hour</source>
            <translation>weniger als eine Stunde</translation>
        </message>
        <message>
            <source>far above the budget’s pace</source>
            <translation>weit über dem Tempo des Budgets</translation>
        </message>
        <message>
            <source>far above a usual hour</source>
            <translation>weit über einer üblichen Stunde</translation>
        </message>
        <message>
            <source>Money runs away</source>
            <translation>Das Geld läuft davon</translation>
        </message>
        <message>
            <source>Most: {name}, {cost} in the last hour.</source>
            <translation>Am meisten: {name}, {cost} in der letzten Stunde.</translation>
        </message>
        <message>
            <source>At this pace the budget of {budget} lasts {time}.</source>
            <translation>Bei diesem Tempo reicht das Budget von {budget} {time}.</translation>
        </message>
        <message>
            <source>Spending {cost} an hour</source>
            <translation>{cost} Ausgaben die Stunde</translation>
        </message>
        <message>
            <source>{count} hours</source>
            <translation>{count} Stunden</translation>
        </message>
        <message>
            <source>{count} days</source>
            <translation>{count} Tage</translation>
        </message>
        <message>
            <source>A usual hour costs {cost}.</source>
            <translation>Eine übliche Stunde kostet {cost}.</translation>
        </message>
        <message>
            <source>any source, for 1 minute</source>
            <translation>jede Quelle, seit 1 Minute</translation>
        </message>
        <message>
            <source>Logs cannot be read</source>
            <translation>Protokolle sind nicht lesbar</translation>
        </message>
        <message>
            <source>{agent}’s logs cannot be read</source>
            <translation>Protokolle von {agent} nicht lesbar</translation>
        </message>
        <message>
            <source>{why} Numbers leave it out until this is fixed.</source>
            <translation>{why} Die Zahlen lassen ihn aus, bis das behoben ist.</translation>
        </message>
        <message>
            <source>How to fix</source>
            <translation>Was zu tun ist</translation>
        </message>
        <message>
            <source>an unknown amount</source>
            <translation>unbekannt viel</translation>
        </message>
        <message>
            <source>more than {least} or an hour of turns since you typed, and each doubling</source>
            <translation>mehr als {least} oder eine Stunde Züge, seit Sie etwas eingaben, und jede Verdopplung</translation>
        </message>
        <message>
            <source>{cost} at API prices</source>
            <translation>{cost} zu API-Preisen</translation>
        </message>
        <message>
            <source>An agent works alone for long</source>
            <translation>Ein Agent arbeitet lange allein</translation>
        </message>
        <message>
            <source>Nobody typed anything for {time}; since then it used {amount}.</source>
            <translation>Seit {time} hat niemand etwas eingegeben; seither verbrauchte er {amount}.</translation>
        </message>
        <message>
            <source>{name} has worked alone for {time}</source>
            <translation>{name} arbeitet seit {time} allein</translation>
        </message>
        <message>
            <source>{name} has spent {amount} alone</source>
            <translation>{name} hat allein {amount} verbraucht</translation>
        </message>
        <message>
            <source>for {time}</source>
            <translation>seit {time}</translation>
        </message>
        <message>
            <source>{agent} waits for you in {project}</source>
            <translation>{agent} wartet in {project} auf Sie</translation>
        </message>
        <message>
            <source>{count} agents wait for you</source>
            <translation>{count} Agenten warten auf Sie</translation>
        </message>
        <message>
            <source> Longest: {time}.</source>
            <translation> Am längsten: {time}.</translation>
        </message>
        <message>
            <source>{count} now</source>
            <translation>jetzt {count}</translation>
        </message>
        <message>
            <source>nobody now</source>
            <translation>jetzt niemand</translation>
        </message>
        <message>
            <source>An agent waits for you</source>
            <translation>Ein Agent wartet auf Sie</translation>
        </message>
        <message>
            <source>It goes on when you answer.</source>
            <translation>Es geht weiter, wenn Sie antworten.</translation>
        </message>
        <message>
            <source> and {count} more.</source>
            <translation> und {count} weitere.</translation>
        </message>
        <message>
            <source>Expected, mute this</source>
            <translation>Erwartet, stumm schalten</translation>
        </message>
        <message>
            <source>1 session</source>
            <translation>1 Sitzung</translation>
        </message>
        <message>
            <source>{count} sessions</source>
            <translation>{count} Sitzungen</translation>
        </message>
        <message>
            <source> This session: {cost} at API prices.</source>
            <translation> Diese Sitzung: {cost} zu API-Preisen.</translation>
        </message>
        <message>
            <source>January</source>
            <translation>Januar</translation>
        </message>
        <message>
            <source>February</source>
            <translation>Februar</translation>
        </message>
        <message>
            <source>March</source>
            <translation>März</translation>
        </message>
        <message>
            <source>April</source>
            <translation>April</translation>
        </message>
        <message>
            <source>May</source>
            <translation>Mai</translation>
        </message>
        <message>
            <source>June</source>
            <translation>Juni</translation>
        </message>
        <message>
            <source>July</source>
            <translation>Juli</translation>
        </message>
        <message>
            <source>August</source>
            <translation>August</translation>
        </message>
        <message>
            <source>September</source>
            <translation>September</translation>
        </message>
        <message>
            <source>October</source>
            <translation>Oktober</translation>
        </message>
        <message>
            <source>November</source>
            <translation>November</translation>
        </message>
        <message>
            <source>December</source>
            <translation>Dezember</translation>
        </message>
        <message>
            <source>days that are not over, which the provider still corrects</source>
            <translation>Tage, die nicht vorbei sind und die der Anbieter noch berichtigt</translation>
        </message>
        <message>
            <source>from before the first record here</source>
            <translation>von vor dem ersten Eintrag hier</translation>
        </message>
        <message>
            <source>not seen here: other machines, other people, or logs that were deleted</source>
            <translation>hier nicht gesehen: andere Rechner, andere Personen oder gelöschte Protokolle</translation>
        </message>
        <message>
            <source>seen here and not on this bill: another account, or a plan</source>
            <translation>hier gesehen, nicht auf dieser Rechnung: ein anderes Konto oder ein Tarif</translation>
        </message>
        <message>
            <source>seen here, without a known price</source>
            <translation>hier gesehen, ohne bekannten Preis</translation>
        </message>
        <message>
            <source>charges that are not for tokens: searches, code execution, storage</source>
            <translation>Beträge nicht für Token: Suchen, Codeausführung, Speicher</translation>
        </message>
        <message>
            <source>priority tier, which the cost report leaves out</source>
            <translation>Prioritätsstufe, die der Kostenbericht auslässt</translation>
        </message>
        <message>
            <source>batches, which cost less</source>
            <translation>Stapel, die weniger kosten</translation>
        </message>
        <message>
            <source>the same tokens for less than the price list: a discount</source>
            <translation>dieselben Token unter dem Listenpreis: ein Rabatt</translation>
        </message>
        <message>
            <source>the same tokens for more than the price list</source>
            <translation>dieselben Token über dem Listenpreis</translation>
        </message>
        <message>
            <source>not explained: no usage report, so only amounts are known</source>
            <translation>nicht erklärt: kein Nutzungsbericht, nur Beträge sind bekannt</translation>
        </message>
        <message>
            <source>rounding</source>
            <translation>Rundung</translation>
        </message>
        <message>
            <source>under 1%</source>
            <translation>unter 1%</translation>
        </message>
        <message>
            <source>over 99%</source>
            <translation>über 99%</translation>
        </message>
        <message>
            <source>{count}-minute</source>
            <translation>{count}-Minuten</translation>
        </message>
        <message>
            <source>{count}-hour</source>
            <translation>{count}-Stunden</translation>
        </message>
        <message>
            <source>{count}-day</source>
            <translation>{count}-Tage</translation>
        </message>
        <message>
            <source>week</source>
            <translation>Woche</translation>
        </message>
        <message>
            <source>reading logs</source>
            <translation>Protokolle werden gelesen</translation>
        </message>
        <message>
            <source>{path} may not be read.</source>
            <translation>{path} darf nicht gelesen werden.</translation>
        </message>
        <message>
            <source>{path} may not be read. Allow it with: {command}</source>
            <translation>{path} darf nicht gelesen werden. Erlauben Sie es mit: {command}</translation>
        </message>
        <message>
            <source>{path} may not be read: it belongs to {owner}.</source>
            <translation>{path} darf nicht gelesen werden: gehört {owner}.</translation>
        </message>
        <message>
            <source>{value} is used</source>
            <translation>{value} gilt</translation>
        </message>
        <message>
            <source>must hold one table for each agent; every agent counts as metered</source>
            <translation>muss eine Tabelle je Agent enthalten; jeder Agent gilt als nach Verbrauch bezahlt</translation>
        </message>
        <message>
            <source>no fee is counted</source>
            <translation>es wird keine Gebühr gezählt</translation>
        </message>
        <message>
            <source>nothing is covered</source>
            <translation>nichts ist abgedeckt</translation>
        </message>
        <message>
            <source>must be a table of currencies; no rate is used</source>
            <translation>muss eine Tabelle von Währungen sein; kein Kurs wird verwendet</translation>
        </message>
        <message>
            <source>must be a table with a list for each agent; no folder is added</source>
            <translation>muss eine Tabelle mit einer Liste je Agent sein; kein Ordner kommt hinzu</translation>
        </message>
        <message>
            <source>must be written as [[{name}]]; it is not used</source>
            <translation>muss als [[{name}]] geschrieben sein; es wird nicht verwendet</translation>
        </message>
        <message>
            <source>number {number}: {why}; it is not used</source>
            <translation>Nummer {number}: {why}; es wird nicht verwendet</translation>
        </message>
        <message>
            <source>no budget is set</source>
            <translation>es gilt kein Budget</translation>
        </message>
        <message>
            <source>50, 80 and 100 are used</source>
            <translation>50, 80 und 100 gelten</translation>
        </message>
        <message>
            <source>the system's zone is used</source>
            <translation>die Zeitzone des Systems gilt</translation>
        </message>
        <message>
            <source>every rule is on</source>
            <translation>jede Regel ist an</translation>
        </message>
        <message>
            <source>every agent is read</source>
            <translation>jeder Agent wird gelesen</translation>
        </message>
        <message>
            <source>all of it is kept</source>
            <translation>alles wird behalten</translation>
        </message>
        <message>
            <source>there are no quiet hours</source>
            <translation>es gibt keine Ruhezeit</translation>
        </message>
        <message>
            <source>{file}: {count} more mistakes.</source>
            <translation>{file}: {count} weitere Fehler.</translation>
        </message>
        <message>
            <source>{file}: 1 more mistake.</source>
            <translation>{file}: 1 weiterer Fehler.</translation>
        </message>
        <message>
            <source>must be a table with "mode" and "fee_month_usd"; the agent counts as metered</source>
            <translation>muss eine Tabelle mit "mode" und "fee_month_usd" sein; der Agent gilt als nach Verbrauch bezahlt</translation>
        </message>
        <message>
            <source>none is added</source>
            <translation>keiner kommt hinzu</translation>
        </message>
        <message>
            <source>is not a setting; did you mean "{near}"?</source>
            <translation>ist keine Einstellung; war "{near}" gemeint?</translation>
        </message>
        <message>
            <source>is not a setting and is ignored</source>
            <translation>ist keine Einstellung und wird nicht beachtet</translation>
        </message>
        <message>
            <source>{mistake}; it is not used</source>
            <translation>{mistake}; es wird nicht verwendet</translation>
        </message>
        <message>
            <source>it is not an ordinary file</source>
            <translation>es ist keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>The settings could not be saved to {file} ({why}).</source>
            <translation>Die Einstellungen konnten nicht in {file} gespeichert werden ({why}).</translation>
        </message>
        <message>
            <source>this is not valid TOML, so defaults are used for all settings.</source>
            <translation>das ist kein gültiges TOML, deshalb gelten für alle Einstellungen die Vorgaben.</translation>
        </message>
        <message>
            <source>The settings in {file} could not be read ({why}), so defaults are used.</source>
            <translation>Die Einstellungen in {file} konnten nicht gelesen werden ({why}), deshalb gelten die Vorgaben.</translation>
        </message>
        <message>
            <source>The settings in {file} are not text in UTF-8, so defaults are used.</source>
            <translation>Die Einstellungen in {file} sind kein Text in UTF-8, deshalb gelten die Vorgaben.</translation>
        </message>
        <message>
            <source>The settings in {file} are longer than {most}, so defaults are used.</source>
            <translation>Die Einstellungen in {file} sind länger als {most}, deshalb gelten die Vorgaben.</translation>
        </message>
        <message>
            <source>amount_usd must be set</source>
            <translation>amount_usd muss gesetzt sein</translation>
        </message>
        <message>
            <source>agent must be the id of an agent</source>
            <translation>agent muss die Kennung eines Agenten sein</translation>
        </message>
        <message>
            <source>"{key}" is not a setting of it</source>
            <translation>"{key}" gehört nicht dazu</translation>
        </message>
        <message>
            <source>id must be another one for each, without a stroke</source>
            <translation>id muss jedes Mal eine andere sein, ohne Schrägstrich</translation>
        </message>
        <message>
            <source>until must be after from</source>
            <translation>until muss nach from liegen</translation>
        </message>
        <message>
            <source>must be a number of dollars</source>
            <translation>muss eine Zahl von Dollar sein</translation>
        </message>
        <message>
            <source>must be between 0 and {most} dollars</source>
            <translation>muss zwischen 0 und {most} Dollar liegen</translation>
        </message>
        <message>
            <source>must be a list of whole percentages</source>
            <translation>muss eine Liste ganzer Prozente sein</translation>
        </message>
        <message>
            <source>must hold percentages between 1 and {most}</source>
            <translation>muss Prozente zwischen 1 und {most} enthalten</translation>
        </message>
        <message>
            <source>may hold {most} percentages at most</source>
            <translation>darf höchstens {most} Prozente enthalten</translation>
        </message>
        <message>
            <source>must be a whole percentage between {least} and {most}</source>
            <translation>muss ein ganzes Prozent zwischen {least} und {most} sein</translation>
        </message>
        <message>
            <source>must be true or false</source>
            <translation>muss true oder false sein</translation>
        </message>
        <message>
            <source>must be a list of names in quotes</source>
            <translation>muss eine Liste von Namen in Anführungszeichen sein</translation>
        </message>
        <message>
            <source>must be two clock times such as "20:00-08:00"</source>
            <translation>muss aus zwei Uhrzeiten bestehen, etwa "20:00-08:00"</translation>
        </message>
        <message>
            <source>must begin and end at different times</source>
            <translation>muss zu verschiedenen Zeiten beginnen und enden</translation>
        </message>
        <message>
            <source>must be the name of a time zone such as "Europe/Berlin"</source>
            <translation>muss der Name einer Zeitzone sein, etwa "Europe/Berlin"</translation>
        </message>
        <message>
            <source>names no known time zone ("{value}")</source>
            <translation>nennt keine bekannte Zeitzone ("{value}")</translation>
        </message>
        <message>
            <source>must be a name in quotes</source>
            <translation>muss ein Name in Anführungszeichen sein</translation>
        </message>
        <message>
            <source>must be a whole percentage from 0 to 100</source>
            <translation>muss ein ganzes Prozent von 0 bis 100 sein</translation>
        </message>
        <message>
            <source>must be a whole number of months from 1 to {most}, or 0 for all</source>
            <translation>muss eine ganze Zahl von Monaten von 1 bis {most} sein, oder 0 für alles</translation>
        </message>
        <message>
            <source>must be a day of the month from 1 to {most}</source>
            <translation>muss ein Tag des Monats von 1 bis {most} sein</translation>
        </message>
        <message>
            <source>must be a day such as 2026-01-31, without quotes</source>
            <translation>muss ein Tag wie 2026-01-31 sein, ohne Anführungszeichen</translation>
        </message>
        <message>
            <source>must be a currency by its three letters, such as "EUR"</source>
            <translation>muss eine Währung mit ihren drei Buchstaben sein, etwa "EUR"</translation>
        </message>
        <message>
            <source>must be a number: how much of it a dollar is</source>
            <translation>muss eine Zahl sein: wie viel davon ein Dollar ist</translation>
        </message>
        <message>
            <source>must be above 0 and at most {most}</source>
            <translation>muss über 0 und höchstens {most} sein</translation>
        </message>
        <message>
            <source>must be a list of folders</source>
            <translation>muss eine Liste von Ordnern sein</translation>
        </message>
        <message>
            <source>may hold {most} folders at most</source>
            <translation>darf höchstens {most} Ordner enthalten</translation>
        </message>
        <message>
            <source>must be one of {names}</source>
            <translation>muss eines von {names} sein</translation>
        </message>
        <message>
            <source>must hold whole paths, which begin with "/", "~" or a drive</source>
            <translation>muss ganze Pfade enthalten, die mit "/", "~" oder einem Laufwerk beginnen</translation>
        </message>
        <message>
            <source>{file} line {line}</source>
            <translation>{file}, Zeile {line}</translation>
        </message>
        <message>
            <source>{path} cannot be read: its links lead in a circle.</source>
            <translation>{path} ist nicht lesbar: seine Verknüpfungen führen im Kreis.</translation>
        </message>
        <message>
            <source>{path} cannot be read: {why}.</source>
            <translation>{path} ist nicht lesbar: {why}.</translation>
        </message>
        <message>
            <source>Where {agent} keeps its logs could not be told (a mistake in TokenWatch).</source>
            <translation>Wo {agent} seine Protokolle hat, ließ sich nicht feststellen (ein Fehler in TokenWatch).</translation>
        </message>
        <message>
            <source>{path} is left out: its name is not text in UTF-8.</source>
            <translation>{path} bleibt weg: der Name ist kein Text in UTF-8.</translation>
        </message>
        <message>
            <source>not understood (a mistake in TokenWatch; the entries were left out)</source>
            <translation>nicht verstanden (ein Fehler in TokenWatch; die Einträge fehlen)</translation>
        </message>
        <message>
            <source>{path} was not understood (a mistake in TokenWatch).</source>
            <translation>{path} wurde nicht verstanden (ein Fehler in TokenWatch).</translation>
        </message>
        <message>
            <source>line over 32 MiB</source>
            <translation>Zeile über 32 MiB</translation>
        </message>
        <message>
            <source>{path} is larger than {most} MiB, so it is left out.</source>
            <translation>{path} ist größer als {most} MiB und bleibt weg.</translation>
        </message>
        <message>
            <source>{path} vanished before it was read.</source>
            <translation>{path} verschwand, bevor es gelesen wurde.</translation>
        </message>
        <message>
            <source>{path} cannot be opened: {why}.</source>
            <translation>{path} lässt sich nicht öffnen: {why}.</translation>
        </message>
        <message>
            <source>{path} is not a regular file.</source>
            <translation>{path} ist keine gewöhnliche Datei.</translation>
        </message>
        <message>
            <source>{path} cannot be decompressed: {why}.</source>
            <translation>{path} lässt sich nicht entpacken: {why}.</translation>
        </message>
        <message>
            <source>Windows tells of no change inside WSL, so logs are looked at every 5 seconds instead.</source>
            <translation>Windows meldet keine Änderung in WSL, darum werden Protokolle alle 5 Sekunden angesehen.</translation>
        </message>
        <message>
            <source>{path} cannot be watched ({why}), so logs are looked at every 5 seconds instead.</source>
            <translation>{path} lässt sich nicht überwachen ({why}), darum werden Protokolle alle 5 Sekunden angesehen.</translation>
        </message>
        <message>
            <source>The system's limit of watched folders is reached, so logs are looked at every 5 seconds instead. Raise it with: {command}</source>
            <translation>Die Grenze des Systems für überwachte Ordner ist erreicht, darum werden Protokolle alle 5 Sekunden angesehen. Erhöhen Sie sie mit: {command}</translation>
        </message>
        <message>
            <source>The system's limit of file watchers is reached, so logs are looked at every 5 seconds instead.</source>
            <translation>Die Grenze des Systems für Dateiüberwachung ist erreicht, darum werden Protokolle alle 5 Sekunden angesehen.</translation>
        </message>
        <message>
            <source>{path} is on a network file system ({kind}), which does not tell of every change, so logs are also looked at every 5 seconds.</source>
            <translation>{path} liegt auf einem Netzlaufwerk ({kind}), das nicht jede Änderung meldet, darum werden Protokolle auch alle 5 Sekunden angesehen.</translation>
        </message>
        <message>
            <source>Sample: {title}</source>
            <translation>Beispiel: {title}</translation>
        </message>
        <message>
            <source>Bill checks are on, but no admin key is kept. Add one in Settings &gt; Accounts.</source>
            <translation>Rechnungsprüfungen sind an, aber kein Admin-Schlüssel ist hinterlegt. Fügen Sie einen unter Einstellungen &gt; Konten hinzu.</translation>
        </message>
        <message>
            <source> and {count} more</source>
            <translation> und {count} weitere</translation>
        </message>
        <message>
            <source>No price is known for {models}; the tokens are counted, their cost is not.</source>
            <translation>Für {models} ist kein Preis bekannt; die Token sind gezählt, ihre Kosten nicht.</translation>
        </message>
        <message>
            <source>The bill came while the ledger could not be written. It is asked for again later.</source>
            <translation>Die Rechnung kam, während das Hauptbuch nicht geschrieben werden konnte. Sie wird später noch einmal erfragt.</translation>
        </message>
        <message>
            <source>The ledger is on a network file system ({kind}): it is slower there, and only one computer may use it at a time.</source>
            <translation>Das Hauptbuch liegt auf einem Netzlaufwerk ({kind}): dort ist es langsamer, und nur ein Computer darf es zugleich benutzen.</translation>
        </message>
        <message>
            <source>{path} cannot be used: {why}.</source>
            <translation>{path} ist nicht benutzbar: {why}.</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>Not counted: {count} entries in the logs of {agent} ({why}).</source>
            <translation>Nicht gezählt: {count} Einträge in den Protokollen von {agent} ({why}).</translation>
        </message>
        <message>
            <source>Not counted: 1 entry in the logs of {agent} ({why}).</source>
            <translation>Nicht gezählt: 1 Eintrag in den Protokollen von {agent} ({why}).</translation>
        </message>
        <message>
            <source>{count} places of {agent} could not be read. The first: {reason}</source>
            <translation>{count} Orte von {agent} waren nicht lesbar. Der erste: {reason}</translation>
        </message>
        <message>
            <source>{count} for other reasons</source>
            <translation>{count} aus anderen Gründen</translation>
        </message>
        <message>
            <source>TokenWatch met a mistake of its own and begins again. Until then the figures stand still.</source>
            <translation>TokenWatch ist auf einen eigenen Fehler gestoßen und beginnt von vorn. Bis dahin stehen die Zahlen still.</translation>
        </message>
        <message>
            <source>The history could not be deleted: {why}.</source>
            <translation>Der Verlauf konnte nicht gelöscht werden: {why}.</translation>
        </message>
        <message>
            <source>TokenWatch has been at one piece of work for over a minute, and the figures stand still until it is done. Usually a disk or a network folder does not answer.</source>
            <translation>TokenWatch ist seit über einer Minute mit ein und derselben Arbeit beschäftigt, und bis sie getan ist, stehen die Zahlen still. Meist antwortet eine Festplatte oder ein Netzwerkordner nicht.</translation>
        </message>
        <message>
            <source>TokenWatch used {percent}% of a processor core for a minute, and its limit is {limit}%, so its figures follow more slowly. The setting own_cpu_percent changes the limit.</source>
            <translation>TokenWatch brauchte eine Minute lang {percent} % eines Prozessorkerns, und seine Grenze ist {limit} %, darum folgen die Zahlen langsamer. Die Einstellung own_cpu_percent ändert die Grenze.</translation>
        </message>
        <message>
            <source>Newer prices could not be fetched because of a mistake in TokenWatch.</source>
            <translation>Neuere Preise konnten wegen eines Fehlers in TokenWatch nicht geholt werden.</translation>
        </message>
        <message>
            <source>No tray was found on this desktop, so this window stands in for the icon and closing it ends TokenWatch. GNOME shows icons with the AppIndicator extension.</source>
            <translation>Auf diesem Desktop wurde keine Symbolleiste gefunden; dieses Fenster steht für das Symbol, und es zu schließen beendet TokenWatch. GNOME zeigt Symbole mit der AppIndicator-Erweiterung.</translation>
        </message>
        <message>
            <source>Show the panel</source>
            <translation>Das Panel zeigen</translation>
        </message>
        <message>
            <source>{name} could not be written ({why}).</source>
            <translation>{name} konnte nicht geschrieben werden ({why}).</translation>
        </message>
        <message>
            <source>{name} could not be written.</source>
            <translation>{name} konnte nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>{keyring}, unlocked</source>
            <translation>{keyring}, entsperrt</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Lizenzen</translation>
        </message>
        <message>
            <source>Packages</source>
            <translation>Pakete</translation>
        </message>
        <message>
            <source>Licence text</source>
            <translation>Lizenztext</translation>
        </message>
        <message>
            <source>Its text is in its package.</source>
            <translation>Der Text steht in seinem Paket.</translation>
        </message>
        <message>
            <source>{value} {at}, in {duration}</source>
            <translation>{value} {at}, in {duration}</translation>
        </message>
        <message>
            <source>{words} block</source>
            <translation>{words}-Block</translation>
        </message>
        <message>
            <source>{words} window</source>
            <translation>{words}-Fenster</translation>
        </message>
        <message>
            <source>new tokens, an estimate from own counts</source>
            <translation>neue Token, aus eigener Zählung geschätzt</translation>
        </message>
        <message>
            <source>reset {at}, {duration} ago</source>
            <translation>erneuert {at}, vor {duration}</translation>
        </message>
        <message>
            <source>1 point</source>
            <translation>1 Punkt</translation>
        </message>
        <message>
            <source>{whole} points</source>
            <translation>{whole} Punkte</translation>
        </message>
        <message>
            <source>has reset, not read since</source>
            <translation>ist erneuert, seither nicht gelesen</translation>
        </message>
        <message>
            <source>used up</source>
            <translation>aufgebraucht</translation>
        </message>
        <message>
            <source>none is running</source>
            <translation>keines läuft</translation>
        </message>
        <message>
            <source>Runs out {out_words}, {duration} before reset</source>
            <translation>Leer {out_words}, {duration} vor der Erneuerung</translation>
        </message>
        <message>
            <source>Used up</source>
            <translation>Aufgebraucht</translation>
        </message>
        <message>
            <source>Lasts until reset</source>
            <translation>Reicht bis zur Erneuerung</translation>
        </message>
        <message>
            <source>{an_hour}% an hour</source>
            <translation>{an_hour}% je Stunde</translation>
        </message>
        <message>
            <source>average since {since}</source>
            <translation>im Mittel seit {since}</translation>
        </message>
        <message>
            <source>{left}% an hour</source>
            <translation>{left}% je Stunde</translation>
        </message>
        <message>
            <source>would last until the reset</source>
            <translation>reichte bis Erneuerung</translation>
        </message>
        <message>
            <source>{words}; the largest had {tokens}</source>
            <translation>{words}; der größte hatte {tokens}</translation>
        </message>
        <message>
            <source>on pace</source>
            <translation>im Takt</translation>
        </message>
        <message>
            <source>, lasts until reset</source>
            <translation>, reicht bis zur Erneuerung</translation>
        </message>
        <message>
            <source>ends about</source>
            <translation>endet etwa</translation>
        </message>
        <message>
            <source>resets</source>
            <translation>erneuert</translation>
        </message>
        <message>
            <source>of this week’s new tokens</source>
            <translation>der neuen Token dieser Woche</translation>
        </message>
        <message>
            <source>{percent} by {weekday_and_clock}</source>
            <translation>{percent} bis {weekday_and_clock}</translation>
        </message>
        <message>
            <source>if it goes on like this</source>
            <translation>wenn es so weitergeht</translation>
        </message>
        <message>
            <source>as of {when}</source>
            <translation>Stand {when}</translation>
        </message>
        <message>
            <source>{full} of {len} windows</source>
            <translation>{full} von {len} Fenstern</translation>
        </message>
        <message>
            <source>used up in two weeks</source>
            <translation>in zwei Wochen aufgebraucht</translation>
        </message>
        <message>
            <source>ahead</source>
            <translation>voraus</translation>
        </message>
        <message>
            <source>in hand</source>
            <translation>Reserve</translation>
        </message>
        <message>
            <source> and {len} more</source>
            <translation> und {len} weitere</translation>
        </message>
        <message>
            <source>This is a test</source>
            <translation>Dies ist ein Test</translation>
        </message>
        <message>
            <source>Notifications of TokenWatch look like this.</source>
            <translation>So sehen Mitteilungen von TokenWatch aus.</translation>
        </message>
        <message>
            <source>Open Alerts</source>
            <translation>Hinweise öffnen</translation>
        </message>
        <message>
            <source>the notification service speaks nonsense</source>
            <translation>der Benachrichtigungsdienst antwortet unverständlich</translation>
        </message>
        <message>
            <source>of an error in this program</source>
            <translation>ein Fehler in diesem Programm</translation>
        </message>
        <message>
            <source>the system refused</source>
            <translation>das System hat es abgelehnt</translation>
        </message>
        <message>
            <source>Snooze 1 hour</source>
            <translation>1 Stunde ruhen</translation>
        </message>
        <message>
            <source>Notifications cannot be shown: {plain}. Alerts are listed in the window.</source>
            <translation>Mitteilungen können nicht gezeigt werden: {plain}. Hinweise stehen im Fenster.</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Nothing is running</source>
            <translation>Nichts läuft</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Paused since {at}</source>
            <translation>Angehalten seit {at}</translation>
        </message>
        <message>
            <source> And {len} more.</source>
            <translation> Und {len} weitere.</translation>
        </message>
        <message>
            <source>Open window</source>
            <translation>Fenster öffnen</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Snooze</source>
            <translation>Ruhe</translation>
        </message>
        <message>
            <source>Stop watching until you resume ({keys})</source>
            <translation>Nicht mehr zusehen, bis Sie fortsetzen ({keys})</translation>
        </message>
        <message>
            <source>No alerts for one hour ({keys})</source>
            <translation>Eine Stunde keine Hinweise ({keys})</translation>
        </message>
        <message>
            <source>Reading logs</source>
            <translation>Protokolle werden gelesen</translation>
        </message>
        <message>
            <source>Looking for agents</source>
            <translation>Sucht nach Agenten</translation>
        </message>
        <message>
            <source>Those that run appear in a second.</source>
            <translation>Wer läuft, erscheint in einer Sekunde.</translation>
        </message>
        <message>
            <source>A session appears here as soon as an agent works.</source>
            <translation>Eine Sitzung erscheint hier, sobald ein Agent arbeitet.</translation>
        </message>
        <message>
            <source>Resume at {time}</source>
            <translation>Um {time} fortsetzen</translation>
        </message>
        <message>
            <source>Logs written meanwhile are counted on resume. Nothing is lost.</source>
            <translation>Was inzwischen geschrieben wird, zählt beim Fortsetzen. Nichts geht verloren.</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>The first numbers appear in a few seconds.</source>
            <translation>Die ersten Zahlen kommen in wenigen Sekunden.</translation>
        </message>
        <message>
            <source>Nothing can be read now</source>
            <translation>Zurzeit kann nichts gelesen werden</translation>
        </message>
        <message>
            <source>TokenWatch tries again by itself. Agents may still be working.</source>
            <translation>TokenWatch versucht es von selbst wieder. Agenten arbeiten vielleicht weiter.</translation>
        </message>
        <message>
            <source>No coding agents found yet</source>
            <translation>Noch keine Programmieragenten gefunden</translation>
        </message>
        <message>
            <source>Paused from {at} until {until}</source>
            <translation>Angehalten von {at} bis {until}</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>Geld</translation>
        </message>
        <message>
            <source>Agents</source>
            <translation>Agenten</translation>
        </message>
        <message>
            <source>Limits and sources</source>
            <translation>Limits und Quellen</translation>
        </message>
        <message>
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <source>20:00–08:00</source>
            <translation>20:00–08:00</translation>
        </message>
        <message>
            <source>22:00–07:00</source>
            <translation>22:00–07:00</translation>
        </message>
        <message>
            <source>00:00–09:00</source>
            <translation>00:00–09:00</translation>
        </message>
        <message>
            <source>Alerts</source>
            <translation>Hinweise</translation>
        </message>
        <message>
            <source>New rule</source>
            <translation>Neue Regel</translation>
        </message>
        <message>
            <source>Tell me when a project, an agent or everything passes an amount</source>
            <translation>Melden, wenn ein Projekt, ein Agent oder alles einen Betrag überschreitet</translation>
        </message>
        <message>
            <source>Notifications on the desktop</source>
            <translation>Mitteilungen auf dem Desktop</translation>
        </message>
        <message>
            <source>Send a test</source>
            <translation>Test senden</translation>
        </message>
        <message>
            <source>Mark all read</source>
            <translation>Alle gelesen</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>{count} this month</source>
            <translation>{count} in diesem Monat</translation>
        </message>
        <message>
            <source>{count} muted</source>
            <translation>{count} stumm</translation>
        </message>
        <message>
            <source>Quiet hours</source>
            <translation>Ruhezeit</translation>
        </message>
        <message>
            <source>on the desktop</source>
            <translation>auf dem Desktop</translation>
        </message>
        <message>
            <source>Notifications</source>
            <translation>Mitteilungen</translation>
        </message>
        <message>
            <source>{first}–{last} {month}</source>
            <translation>{first}.–{last}. {month}</translation>
        </message>
        <message>
            <source>Breakdown</source>
            <translation>Aufteilung</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Dieser Monat</translation>
        </message>
        <message>
            <source>Last month</source>
            <translation>Voriger Monat</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>Letzte 7 Tage</translation>
        </message>
        <message>
            <source>Last 30 days</source>
            <translation>Letzte 30 Tage</translation>
        </message>
        <message>
            <source>This year</source>
            <translation>Dieses Jahr</translation>
        </message>
        <message>
            <source>All days</source>
            <translation>Alle Tage</translation>
        </message>
        <message>
            <source>From … to …</source>
            <translation>Von … bis …</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Agent</source>
            <translation>Agent</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>Sitzung</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Tag</translation>
        </message>
        <message>
            <source>{day} {month}</source>
            <translation>{day}. {month}</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>Als CSV</translation>
        </message>
        <message>
            <source>Save the rows shown as a file ({keys})</source>
            <translation>Die gezeigten Zeilen als Datei sichern ({keys})</translation>
        </message>
        <message>
            <source>Group by</source>
            <translation>Gruppieren nach</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>Where it comes from</source>
            <translation>Woher das kommt</translation>
        </message>
        <message>
            <source>Set a budget…</source>
            <translation>Budget setzen …</translation>
        </message>
        <message>
            <source>Reading the ledger</source>
            <translation>Das Hauptbuch wird gelesen</translation>
        </message>
        <message>
            <source>The rows appear in a moment.</source>
            <translation>Die Zeilen erscheinen gleich.</translation>
        </message>
        <message>
            <source>The ledger cannot be read now</source>
            <translation>Das Hauptbuch kann zurzeit nicht gelesen werden</translation>
        </message>
        <message>
            <source>Days to show</source>
            <translation>Gezeigte Tage</translation>
        </message>
        <message>
            <source>Find a project</source>
            <translation>Projekt suchen</translation>
        </message>
        <message>
            <source>Find a model</source>
            <translation>Modell suchen</translation>
        </message>
        <message>
            <source>Find an agent</source>
            <translation>Agent suchen</translation>
        </message>
        <message>
            <source>Find a session</source>
            <translation>Sitzung suchen</translation>
        </message>
        <message>
            <source>Find a day</source>
            <translation>Tag suchen</translation>
        </message>
        <message>
            <source>any</source>
            <translation>alle</translation>
        </message>
        <message>
            <source>by use</source>
            <translation>nach Verbrauch</translation>
        </message>
        <message>
            <source>in a plan</source>
            <translation>im Tarif</translation>
        </message>
        <message>
            <source>Billing</source>
            <translation>Abrechnung</translation>
        </message>
        <message>
            <source>Nothing was used in these days</source>
            <translation>An diesen Tagen wurde nichts verbraucht</translation>
        </message>
        <message>
            <source>Choose other days, or fewer filters.</source>
            <translation>Wählen Sie andere Tage oder weniger Filter.</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Bis</translation>
        </message>
        <message>
            <source>all inside plans</source>
            <translation>alles im Tarif</translation>
        </message>
        <message>
            <source>part of it inside plans</source>
            <translation>zum Teil im Tarif</translation>
        </message>
        <message>
            <source>read from the agents’ own logs, and from Claude Code’s status line if you switched that on</source>
            <translation>aus den Protokollen der Agenten und, falls eingeschaltet, der Statuszeile von Claude Code</translation>
        </message>
        <message>
            <source>read from the agents’ own logs</source>
            <translation>aus den Protokollen der Agenten</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>Limits</translation>
        </message>
        <message>
            <source>No limits are known</source>
            <translation>Keine Limits bekannt</translation>
        </message>
        <message>
            <source>Codex writes the limits of a plan into its logs. Claude Code tells them to its status line: Settings &gt; Accounts can listen there. Where neither is, nothing is guessed.</source>
            <translation>Codex schreibt die Limits eines Tarifs in seine Protokolle. Claude Code nennt sie seiner Statuszeile: Einstellungen &gt; Konten kann dort mithören. Wo beides fehlt, wird nichts geraten.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Erneut suchen</translation>
        </message>
        <message>
            <source>Read all logs again now (F5)</source>
            <translation>Alle Protokolle jetzt neu lesen (F5)</translation>
        </message>
        <message>
            <source>Checked against the bill</source>
            <translation>Mit der Rechnung verglichen</translation>
        </message>
        <message>
            <source>UTC days; nothing is made to fit</source>
            <translation>Tage in UTC; nichts wird passend gemacht</translation>
        </message>
        <message>
            <source>Limits appear in a few seconds, if any agent told of one.</source>
            <translation>Limits erscheinen in wenigen Sekunden, falls ein Agent eines nannte.</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <source>Time shown</source>
            <translation>Gezeigte Zeit</translation>
        </message>
        <message>
            <source>Last hour</source>
            <translation>Letzte Stunde</translation>
        </message>
        <message>
            <source>tokens/min, and who was working</source>
            <translation>Token/min, und wer arbeitete</translation>
        </message>
        <message>
            <source>the striped part is missing {agents}</source>
            <translation>im gestreiften Teil fehlt {agents}</translation>
        </message>
        <message>
            <source>Paused since {since}</source>
            <translation>Angehalten seit {since}</translation>
        </message>
        <message>
            <source>Spend</source>
            <translation>Ausgaben</translation>
        </message>
        <message>
            <source>adds up from the 1st; past projections missed by {error}</source>
            <translation>summiert ab dem 1.; frühere Prognosen lagen um {error} daneben</translation>
        </message>
        <message>
            <source>Prices</source>
            <translation>Preise</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>This month, day by day</source>
            <translation>Dieser Monat, Tag für Tag</translation>
        </message>
        <message>
            <source>Per day, metered</source>
            <translation>Je Tag, nach Verbrauch</translation>
        </message>
        <message>
            <source>Tokens per day</source>
            <translation>Token je Tag</translation>
        </message>
        <message>
            <source>at API prices, from the 1st</source>
            <translation>zu API-Preisen, ab dem 1.</translation>
        </message>
        <message>
            <source>adds up from the 1st; the pace changed this week, so the last days count more</source>
            <translation>zählt ab dem 1.; das Tempo hat sich diese Woche geändert, daher zählen die letzten Tage mehr</translation>
        </message>
        <message>
            <source>adds up from the 1st</source>
            <translation>summiert ab dem 1.</translation>
        </message>
        <message>
            <source>The month, day by day</source>
            <translation>Der Monat, Tag für Tag</translation>
        </message>
        <message>
            <source>days begin in {zone}</source>
            <translation>Tage beginnen in {zone}</translation>
        </message>
        <message>
            <source>Budgets and prices</source>
            <translation>Budgets und Preise</translation>
        </message>
        <message>
            <source>Comma-separated values</source>
            <translation>Durch Komma getrennte Werte</translation>
        </message>
        <message>
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <source>{agent} seems to run on {plan}, {fee} a month</source>
            <translation>{agent} scheint über {plan} zu laufen, {fee} im Monat</translation>
        </message>
        <message>
            <source>So far</source>
            <translation>Bisher</translation>
        </message>
        <message>
            <source>Projected</source>
            <translation>Voraussichtlich</translation>
        </message>
        <message>
            <source>Budget</source>
            <translation>Budget</translation>
        </message>
        <message>
            <source>Chance of going over</source>
            <translation>Gefahr der Überschreitung</translation>
        </message>
        <message>
            <source>Per day, at API prices</source>
            <translation>Je Tag, zu API-Preisen</translation>
        </message>
        <message>
            <source>What you pay</source>
            <translation>Was Sie zahlen</translation>
        </message>
        <message>
            <source>At API prices</source>
            <translation>Zu API-Preisen</translation>
        </message>
        <message>
            <source>Yes, count it</source>
            <translation>Ja, mitzählen</translation>
        </message>
        <message>
            <source>No, I pay by use</source>
            <translation>Nein, nach Verbrauch</translation>
        </message>
        <message>
            <source>The fee of {plan} is not counted: no rate of {currency} is known</source>
            <translation>Die Gebühr von {plan} zählt nicht: kein Kurs für {currency} bekannt</translation>
        </message>
        <message>
            <source>less</source>
            <translation>weniger</translation>
        </message>
        <message>
            <source>more</source>
            <translation>mehr</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Copy summary</source>
            <translation>Zusammenfassung kopieren</translation>
        </message>
        <message>
            <source>is it worth it?</source>
            <translation>lohnt es sich?</translation>
        </message>
        <message>
            <source>What if</source>
            <translation>Was wäre wenn</translation>
        </message>
        <message>
            <source>Read these with care</source>
            <translation>Mit Vorsicht zu lesen</translation>
        </message>
        <message>
            <source>You pay, so far</source>
            <translation>Sie zahlen, bisher</translation>
        </message>
        <message>
            <source>Same work at API prices</source>
            <translation>Dasselbe zu API-Preisen</translation>
        </message>
        <message>
            <source>You get</source>
            <translation>Sie bekommen</translation>
        </message>
        <message>
            <source>Plans alone</source>
            <translation>Nur die Tarife</translation>
        </message>
        <message>
            <source>What if, for the whole of {month}</source>
            <translation>Was wäre wenn, für den ganzen {month}</translation>
        </message>
        <message>
            <source>It is before the first log that was found.</source>
            <translation>Er liegt vor dem ersten Protokoll, das gefunden wurde.</translation>
        </message>
        <message>
            <source>What is used is set against list prices here, as it comes.</source>
            <translation>Was verbraucht wird, steht hier neben Listenpreisen, sobald es kommt.</translation>
        </message>
        <message>
            <source>Nothing is known of this month</source>
            <translation>Über diesen Monat ist nichts bekannt</translation>
        </message>
        <message>
            <source>No plan is set</source>
            <translation>Kein Tarif ist eingetragen</translation>
        </message>
        <message>
            <source>What you pay is then what was used, at list prices. If you pay a flat fee, name it in Settings &gt; Plans &amp; prices: what it gives for that is shown here, and since when it has paid for itself.</source>
            <translation>Sie zahlen dann, was verbraucht wurde, zu Listenpreisen. Wenn Sie eine feste Gebühr zahlen, tragen Sie sie unter Einstellungen &gt; Tarife &amp; Preise ein: Hier steht dann, was sie dafür gibt und seit wann sie sich gelohnt hat.</translation>
        </message>
        <message>
            <source>TokenWatch sends nothing. Read the text and change it as you like; then copy or save it, and send it yourself. Names of projects and paths are left out.</source>
            <translation>TokenWatch sendet nichts. Lesen Sie den Text und ändern Sie ihn nach Belieben; kopieren oder speichern Sie ihn dann und senden Sie ihn selbst. Namen von Projekten und Pfade fehlen darin.</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Ein Problem melden</translation>
        </message>
        <message>
            <source>Project {number}</source>
            <translation>Projekt {number}</translation>
        </message>
        <message>
            <source>An alert, hidden while you share the screen</source>
            <translation>Ein Hinweis, verborgen während der Bildschirmfreigabe</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Verborgen</translation>
        </message>
        <message>
            <source>there is no session bus</source>
            <translation>es gibt keinen Sitzungsbus</translation>
        </message>
        <message>
            <source>the session bus cannot be reached ({error})</source>
            <translation>der Sitzungsbus ist nicht erreichbar ({error})</translation>
        </message>
        <message>
            <source>{service} refused {member}</source>
            <translation>{service} hat {member} abgelehnt</translation>
        </message>
        <message>
            <source>{service} does not answer</source>
            <translation>{service} antwortet nicht</translation>
        </message>
        <message>
            <source>the session bus is gone ({error})</source>
            <translation>der Sitzungsbus ist weg ({error})</translation>
        </message>
        <message>
            <source>Where its figures come from</source>
            <translation>Woher seine Zahlen kommen</translation>
        </message>
        <message>
            <source>Copy session id</source>
            <translation>Sitzungs-ID kopieren</translation>
        </message>
        <message>
            <source>Open project folder</source>
            <translation>Projektordner öffnen</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Protokoll zeigen</translation>
        </message>
        <message>
            <source>Go to its terminal</source>
            <translation>Zum Terminal</translation>
        </message>
        <message>
            <source>Stop…</source>
            <translation>Stoppen…</translation>
        </message>
        <message>
            <source>TokenWatch</source>
            <translation>TokenWatch</translation>
        </message>
        <message>
            <source>The folder could not be opened.</source>
            <translation>Der Ordner konnte nicht geöffnet werden.</translation>
        </message>
        <message>
            <source>It still runs.</source>
            <translation>Er läuft noch.</translation>
        </message>
        <message>
            <source>Terminate it? What it was doing is lost.</source>
            <translation>Ganz beenden? Was er gerade tat, geht verloren.</translation>
        </message>
        <message>
            <source>Terminate</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Stop this agent?</source>
            <translation>Diesen Agenten stoppen?</translation>
        </message>
        <message>
            <source>It is interrupted as by {keys}.</source>
            <translation>Er wird unterbrochen wie mit {keys}.</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Free software under the MIT licence. Built with Qt.</source>
            <translation>Freie Software unter der MIT-Lizenz. Mit Qt gebaut.</translation>
        </message>
        <message>
            <source>Pause watching, and resume</source>
            <translation>Anhalten und fortsetzen</translation>
        </message>
        <message>
            <source>Snooze alerts for an hour</source>
            <translation>Hinweise eine Stunde ruhen lassen</translation>
        </message>
        <message>
            <source>Look at all logs again</source>
            <translation>Alle Protokolle neu lesen</translation>
        </message>
        <message>
            <source>Show a chart as a table</source>
            <translation>Ein Diagramm als Tabelle zeigen</translation>
        </message>
        <message>
            <source>Copy a row</source>
            <translation>Eine Zeile kopieren</translation>
        </message>
        <message>
            <source>Fold and unfold agents</source>
            <translation>Agenten auf- und zuklappen</translation>
        </message>
        <message>
            <source>Go to the terminal of an agent</source>
            <translation>Zum Terminal eines Agenten gehen</translation>
        </message>
        <message>
            <source>Find in a table</source>
            <translation>In einer Tabelle suchen</translation>
        </message>
        <message>
            <source>Save what is shown as a file</source>
            <translation>Gezeigtes als Datei sichern</translation>
        </message>
        <message>
            <source>Sort a table by another column, or the other way round</source>
            <translation>Tabelle nach anderer Spalte oder umgekehrt ordnen</translation>
        </message>
        <message>
            <source>Hide names and money</source>
            <translation>Namen und Geld verbergen</translation>
        </message>
        <message>
            <source>Close the window, the panel or this dialog</source>
            <translation>Fenster, Tafel oder diesen Dialog schließen</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Über</translation>
        </message>
        <message>
            <source>What TokenWatch takes</source>
            <translation>Was TokenWatch braucht</translation>
        </message>
        <message>
            <source>It is measured every minute.</source>
            <translation>Es wird jede Minute gemessen.</translation>
        </message>
        <message>
            <source>What is new…</source>
            <translation>Was ist neu…</translation>
        </message>
        <message>
            <source>Licences…</source>
            <translation>Lizenzen…</translation>
        </message>
        <message>
            <source>Report a problem…</source>
            <translation>Ein Problem melden…</translation>
        </message>
        <message>
            <source>Keyboard</source>
            <translation>Tastatur</translation>
        </message>
        <message>
            <source>{size} of memory</source>
            <translation>{size} Speicher</translation>
        </message>
        <message>
            <source>a ledger of {size}</source>
            <translation>ein Hauptbuch von {size}</translation>
        </message>
        <message>
            <source>What changed is not known here.</source>
            <translation>Was sich geändert hat, ist hier nicht bekannt.</translation>
        </message>
        <message>
            <source>What is new in {version}</source>
            <translation>Neu in {version}</translation>
        </message>
        <message>
            <source>Turn to {join}</source>
            <translation>Zu {join}</translation>
        </message>
        <message>
            <source>{keys} to {last}</source>
            <translation>{keys} bis {last}</translation>
        </message>
        <message>
            <source>{percent}% of one processor core</source>
            <translation>{percent} % eines Prozessorkerns</translation>
        </message>
        <message>
            <source>{count} open files</source>
            <translation>{count} offene Dateien</translation>
        </message>
        <message>
            <source>It looks less often now, because that is more than you allow.</source>
            <translation>Es schaut jetzt seltener nach, weil das mehr ist, als Sie erlauben.</translation>
        </message>
        <message>
            <source>Accounts</source>
            <translation>Konten</translation>
        </message>
        <message>
            <source>Optional: TokenWatch works from local logs alone. An admin key lets it compare its count with the provider’s bill. Keys are kept in the system’s keyring, never in a file.</source>
            <translation>Freiwillig: TokenWatch arbeitet allein aus lokalen Protokollen. Mit einem Admin-Schlüssel vergleicht es seine Zählung mit der Rechnung. Schlüssel liegen im Schlüsselbund, nie in einer Datei.</translation>
        </message>
        <message>
            <source>Check bills</source>
            <translation>Rechnungen prüfen</translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>Jetzt prüfen</translation>
        </message>
        <message>
            <source>Import a file…</source>
            <translation>Datei einlesen…</translation>
        </message>
        <message>
            <source>A CSV file exported from the Claude Console or the OpenAI platform</source>
            <translation>Eine CSV-Datei aus der Claude Console oder der OpenAI-Plattform</translation>
        </message>
        <message>
            <source>Import a bill</source>
            <translation>Rechnung einlesen</translation>
        </message>
        <message>
            <source>CSV files (*.csv *.tsv *.txt)</source>
            <translation>CSV-Dateien (*.csv *.tsv *.txt)</translation>
        </message>
        <message>
            <source>Admin key of {provider}</source>
            <translation>Admin-Schlüssel von {provider}</translation>
        </message>
        <message>
            <source>admin key</source>
            <translation>Admin-Schlüssel</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>a few times a day, with the keys above</source>
            <translation>einige Male am Tag, mit den Schlüsseln oben</translation>
        </message>
        <message>
            <source>No keyring can be asked here.</source>
            <translation>Hier ist kein Schlüsselbund erreichbar.</translation>
        </message>
        <message>
            <source>{provider}, {month}: billed {billed}, here {here}.</source>
            <translation>{provider}, {month}: berechnet {billed}, hier {here}.</translation>
        </message>
        <message>
            <source>No bill is known yet.</source>
            <translation>Noch keine Rechnung bekannt.</translation>
        </message>
        <message>
            <source>Admin key, ends {last}</source>
            <translation>Admin-Schlüssel, endet auf {last}</translation>
        </message>
        <message>
            <source>not connected</source>
            <translation>nicht verbunden</translation>
        </message>
        <message>
            <source>Correct the file and look again (F5 in the window). Until then defaults stand for these.</source>
            <translation>Berichtigen Sie die Datei und lesen Sie neu (F5 im Fenster). Bis dahin gelten Vorgaben.</translation>
        </message>
        <message>
            <source>{percent}% of one core</source>
            <translation>{percent} % eines Kerns</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>keine Grenze</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>Erweitert</translation>
        </message>
        <message>
            <source>Start at login</source>
            <translation>Autostart</translation>
        </message>
        <message>
            <source>Count cache reads into the token rate</source>
            <translation>Cache-Lesen in die Token-Rate zählen</translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation>Zeitzone</translation>
        </message>
        <message>
            <source>Token rate</source>
            <translation>Token-Rate</translation>
        </message>
        <message>
            <source>Processor limit</source>
            <translation>Prozessorgrenze</translation>
        </message>
        <message>
            <source>Log detail</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy command</source>
            <translation>Befehl kopieren</translation>
        </message>
        <message>
            <source>Command line</source>
            <translation>Befehlszeile</translation>
        </message>
        <message>
            <source>Reset all settings</source>
            <translation>Alle Einstellungen zurücksetzen</translation>
        </message>
        <message>
            <source>Rebuild history from logs…</source>
            <translation>Verlauf neu aus Protokollen aufbauen…</translation>
        </message>
        <message>
            <source>And {len} more.</source>
            <translation>Und {len} weitere.</translation>
        </message>
        <message>
            <source>Every log that is still there is read from its beginning. What was counted stays as it is and is not counted twice, also what no log holds any more; what was missed is added. With large logs this takes minutes, and the figures stay usable meanwhile.</source>
            <translation>Jedes noch vorhandene Protokoll wird von Anfang an gelesen. Was gezählt ist, bleibt, wird nicht doppelt gezählt, auch wenn kein Protokoll es mehr enthält; was fehlte, kommt hinzu. Bei großen Protokollen dauert das Minuten; die Zahlen bleiben solange benutzbar.</translation>
        </message>
        <message>
            <source>Read all logs again</source>
            <translation>Alle Protokolle neu lesen</translation>
        </message>
        <message>
            <source>All logs are read again…</source>
            <translation>Alle Protokolle werden neu gelesen…</translation>
        </message>
        <message>
            <source>All settings are as they were at first.</source>
            <translation>Alle Einstellungen sind wie am Anfang.</translation>
        </message>
        <message>
            <source>hidden in the tray</source>
            <translation>verborgen in der Leiste</translation>
        </message>
        <message>
            <source>counts tokens read from a cache, too</source>
            <translation>zählt auch aus dem Cache gelesene Token</translation>
        </message>
        <message>
            <source>for days and months</source>
            <translation>für Tage und Monate</translation>
        </message>
        <message>
            <source>Little</source>
            <translation>Wenig</translation>
        </message>
        <message>
            <source>Normal</source>
            <translation>Normal</translation>
        </message>
        <message>
            <source>Much</source>
            <translation>Viel</translation>
        </message>
        <message>
            <source>never what was said</source>
            <translation>nie, was gesagt wurde</translation>
        </message>
        <message>
            <source>Settings file</source>
            <translation>Einstellungsdatei</translation>
        </message>
        <message>
            <source>Open the data folder</source>
            <translation>Den Datenordner öffnen</translation>
        </message>
        <message>
            <source>Data folder</source>
            <translation>Datenordner</translation>
        </message>
        <message>
            <source>now {percent}%</source>
            <translation>jetzt {percent} %</translation>
        </message>
        <message>
            <source>this computer’s: {own}</source>
            <translation>die dieses Rechners: {own}</translation>
        </message>
        <message>
            <source>this computer’s</source>
            <translation>die dieses Rechners</translation>
        </message>
        <message>
            <source>Not a time zone, such as Europe/Berlin</source>
            <translation>Keine Zeitzone wie Europe/Berlin</translation>
        </message>
        <message>
            <source>{percent} of the logs read</source>
            <translation>{percent} der Protokolle gelesen</translation>
        </message>
        <message>
            <source>All logs were read again.</source>
            <translation>Alle Protokolle wurden neu gelesen.</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>The number counts</source>
            <translation>Die Zahl zählt</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Zeilen</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Textgröße</translation>
        </message>
        <message>
            <source>Add patterns to the colours</source>
            <translation>Farben mit Mustern versehen</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>Bewegung</translation>
        </message>
        <message>
            <source>Tray icon</source>
            <translation>Leistensymbol</translation>
        </message>
        <message>
            <source>Charts</source>
            <translation>Diagramme</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Compact</source>
            <translation>Eng</translation>
        </message>
        <message>
            <source>Roomy</source>
            <translation>Weit</translation>
        </message>
        <message>
            <source>On</source>
            <translation>An</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>As the system does</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>add patterns to the colours</source>
            <translation>Farben mit Mustern versehen</translation>
        </message>
        <message>
            <source>the panel and new colours fade in</source>
            <translation>Panel und neue Farben werden eingeblendet</translation>
        </message>
        <message>
            <source>who works</source>
            <translation>wer arbeitet</translation>
        </message>
        <message>
            <source>all open</source>
            <translation>alle offenen</translation>
        </message>
        <message>
            <source>with sub-agents</source>
            <translation>mit Unteragenten</translation>
        </message>
        <message>
            <source>Budgets &amp; alerts</source>
            <translation>Budget, Hinweise</translation>
        </message>
        <message>
            <source>Monthly budget in US dollars</source>
            <translation>Monatsbudget in US-Dollar</translation>
        </message>
        <message>
            <source>First day of a month</source>
            <translation>Erster Tag eines Monats</translation>
        </message>
        <message>
            <source>US dollars, from day</source>
            <translation>US-Dollar, ab Tag</translation>
        </message>
        <message>
            <source>Tell me when the projection passes the budget</source>
            <translation>Melden, wenn die Prognose das Budget übersteigt</translation>
        </message>
        <message>
            <source>Daily budget in US dollars</source>
            <translation>Tagesbudget in US-Dollar</translation>
        </message>
        <message>
            <source>Tell me when an agent waits</source>
            <translation>Melden, wenn ein Agent wartet</translation>
        </message>
        <message>
            <source>Monthly budget</source>
            <translation>Monatsbudget</translation>
        </message>
        <message>
            <source>Tell me at</source>
            <translation>Melden bei</translation>
        </message>
        <message>
            <source>Also tell me</source>
            <translation>Auch melden</translation>
        </message>
        <message>
            <source>Daily budget</source>
            <translation>Tagesbudget</translation>
        </message>
        <message>
            <source>Agent waiting</source>
            <translation>Agent wartet</translation>
        </message>
        <message>
            <source>More budgets…</source>
            <translation>Weitere Budgets…</translation>
        </message>
        <message>
            <source>The budget of {write} is gone.</source>
            <translation>Das Budget von {write} ist weg.</translation>
        </message>
        <message>
            <source>You are no longer told at {join}.</source>
            <translation>Bei {join} wird nicht mehr gemeldet.</translation>
        </message>
        <message>
            <source>A day from 1 to 28</source>
            <translation>Ein Tag von 1 bis 28</translation>
        </message>
        <message>
            <source>of the budget</source>
            <translation>vom Budget</translation>
        </message>
        <message>
            <source>when the projection passes the budget</source>
            <translation>wenn die Prognose das Budget übersteigt</translation>
        </message>
        <message>
            <source>metered, in US dollars; empty for none</source>
            <translation>nach Verbrauch; leer: keines</translation>
        </message>
        <message>
            <source>tell me after {time}</source>
            <translation>melden nach {time}</translation>
        </message>
        <message>
            <source>on the desktop, at most one a minute</source>
            <translation>auf dem Desktop, höchstens eine je Minute</translation>
        </message>
        <message>
            <source>only what is urgent is told; empty for none</source>
            <translation>nur Dringendes; leer für keine</translation>
        </message>
        <message>
            <source>Two clock times such as 20:00-08:00</source>
            <translation>Zwei Uhrzeiten wie 20:00-08:00</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Nicht jetzt</translation>
        </message>
        <message>
            <source>More folders</source>
            <translation>Weitere Ordner</translation>
        </message>
        <message>
            <source>Another home, an agent’s folder in one, or its folder of logs: a backup, another user’s.</source>
            <translation>Ein anderes Benutzerverzeichnis, der Ordner eines Agenten darin oder sein Ordner mit Protokollen: eine Sicherung, die eines anderen.</translation>
        </message>
        <message>
            <source>The agent whose logs are in the folder</source>
            <translation>Der Agent, dessen Protokolle im Ordner sind</translation>
        </message>
        <message>
            <source>Add a folder…</source>
            <translation>Ordner hinzufügen…</translation>
        </message>
        <message>
            <source>Remove {folder}</source>
            <translation>{folder} entfernen</translation>
        </message>
        <message>
            <source>{folder} is not looked in any more.</source>
            <translation>In {folder} wird nicht mehr nachgesehen.</translation>
        </message>
        <message>
            <source>Add a folder</source>
            <translation>Ordner hinzufügen</translation>
        </message>
        <message>
            <source>This folder does not exist.</source>
            <translation>Diesen Ordner gibt es nicht.</translation>
        </message>
        <message>
            <source>{count} logs</source>
            <translation>{count} Protokolle</translation>
        </message>
        <message>
            <source>No logs of this agent are in it.</source>
            <translation>Darin sind keine Protokolle dieses Agenten.</translation>
        </message>
        <message>
            <source>1 log</source>
            <translation>1 Protokoll</translation>
        </message>
        <message>
            <source>{count} months</source>
            <translation>{count} Monate</translation>
        </message>
        <message>
            <source>for ever</source>
            <translation>für immer</translation>
        </message>
        <message>
            <source>Keep history</source>
            <translation>Verlauf behalten</translation>
        </message>
        <message>
            <source>Export my data…</source>
            <translation>Meine Daten exportieren…</translation>
        </message>
        <message>
            <source>Stop writing the file</source>
            <translation>Das Schreiben der Datei anhalten</translation>
        </message>
        <message>
            <source>Delete all history…</source>
            <translation>Ganzen Verlauf löschen…</translation>
        </message>
        <message>
            <source>Everything that TokenWatch has counted is deleted: requests, tokens, costs, when agents worked, limits, bills and alerts, with all backups. What agents wrote before now is not counted again. Your settings, prices and keys stay, and the files of your agents are never touched. This cannot be undone.</source>
            <translation>Alles, was TokenWatch gezählt hat, wird gelöscht: Anfragen, Token, Kosten, Arbeitszeiten der Agenten, Grenzen, Rechnungen und Meldungen, mit allen Sicherungen. Was Agenten bis jetzt geschrieben haben, wird nicht noch einmal gezählt. Ihre Einstellungen, Preise und Schlüssel bleiben, und die Dateien Ihrer Agenten werden nie angerührt. Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>Delete all history</source>
            <translation>Ganzen Verlauf löschen</translation>
        </message>
        <message>
            <source>Everything, as JSON (*.json)</source>
            <translation>Alles, als JSON (*.json)</translation>
        </message>
        <message>
            <source>Requests, as comma-separated values (*.csv)</source>
            <translation>Anfragen, als Werte mit Komma (*.csv)</translation>
        </message>
        <message>
            <source>Export my data</source>
            <translation>Meine Daten exportieren</translation>
        </message>
        <message>
            <source>{done} of {total} requests written…</source>
            <translation>{done} von {total} Anfragen geschrieben…</translation>
        </message>
        <message>
            <source>All history is deleted. Counting goes on from now.</source>
            <translation>Der ganze Verlauf ist gelöscht. Ab jetzt wird weitergezählt.</translation>
        </message>
        <message>
            <source>now {size}</source>
            <translation>jetzt {size}</translation>
        </message>
        <message>
            <source>Writing {name}…</source>
            <translation>{name} wird geschrieben…</translation>
        </message>
        <message>
            <source>Of history the present month and {count} before it are kept. What is older is deleted from TokenWatch with its sums, now and as time goes on, and is not counted again. The files of your agents are not touched. This cannot be undone.</source>
            <translation>Vom Verlauf bleiben der jetzige Monat und {count} davor. Was älter ist, wird mit seinen Summen aus TokenWatch gelöscht, jetzt und mit der Zeit, und nicht noch einmal gezählt. Die Dateien Ihrer Agenten werden nicht angerührt. Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>Delete what is older</source>
            <translation>Älteres löschen</translation>
        </message>
        <message>
            <source>Deleting…</source>
            <translation>Wird gelöscht…</translation>
        </message>
        <message>
            <source>Stopped. Nothing was written.</source>
            <translation>Angehalten. Nichts wurde geschrieben.</translation>
        </message>
        <message>
            <source>{name} is written, with {count} requests.</source>
            <translation>{name} ist geschrieben, mit {count} Anfragen.</translation>
        </message>
        <message>
            <source>Fetch newer prices every week</source>
            <translation>Neuere Preise jede Woche holen</translation>
        </message>
        <message>
            <source>Currency</source>
            <translation>Währung</translation>
        </message>
        <message>
            <source>How much of it a dollar is</source>
            <translation>Wie viel davon ein Dollar ist</translation>
        </message>
        <message>
            <source>Fetch rates of currencies every week</source>
            <translation>Wechselkurse jede Woche holen</translation>
        </message>
        <message>
            <source>Newer prices</source>
            <translation>Neuere Preise</translation>
        </message>
        <message>
            <source>Shown in</source>
            <translation>Gezeigt in</translation>
        </message>
        <message>
            <source>A dollar is</source>
            <translation>Ein Dollar ist</translation>
        </message>
        <message>
            <source>Rates</source>
            <translation>Kurse</translation>
        </message>
        <message>
            <source>weekly, from genai-prices on GitHub</source>
            <translation>wöchentlich, von genai-prices auf GitHub</translation>
        </message>
        <message>
            <source>three letters, such as EUR</source>
            <translation>drei Buchstaben, etwa EUR</translation>
        </message>
        <message>
            <source>of it; empty: as fetched</source>
            <translation>davon; leer: wie geholt</translation>
        </message>
        <message>
            <source>weekly, from frankfurter.dev</source>
            <translation>wöchentlich, von frankfurter.dev</translation>
        </message>
        <message>
            <source>A number, such as 0.92</source>
            <translation>Eine Zahl, etwa 0,92</translation>
        </message>
        <message>
            <source>Three letters, such as EUR</source>
            <translation>Drei Buchstaben, etwa EUR</translation>
        </message>
        <message>
            <source>Use that a plan covers adds nothing to what you pay. The plan’s fee counts whole on the 1st.</source>
            <translation>Was ein Tarif deckt, kommt nicht zu dem hinzu, was Sie zahlen. Die Gebühr zählt ganz am 1.</translation>
        </message>
        <message>
            <source>Agents appear here once one has been found.</source>
            <translation>Agenten erscheinen hier, sobald einer gefunden ist.</translation>
        </message>
        <message>
            <source>US dollars a month</source>
            <translation>US-Dollar im Monat</translation>
        </message>
        <message>
            <source>By use</source>
            <translation>Nach Verbrauch</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>Tarif</translation>
        </message>
        <message>
            <source>Plans &amp; prices</source>
            <translation>Tarife &amp; Preise</translation>
        </message>
        <message>
            <source>Plans with dates…</source>
            <translation>Tarife mit Daten…</translation>
        </message>
        <message>
            <source>Show all {count}</source>
            <translation>Alle {count} zeigen</translation>
        </message>
        <message>
            <source>The fee of {fee} for {name} is gone.</source>
            <translation>Die Gebühr von {fee} für {name} ist weg.</translation>
        </message>
        <message>
            <source>How the use of {name} is paid</source>
            <translation>Wie {name} bezahlt wird</translation>
        </message>
        <message>
            <source>Monthly fee for {name} in US dollars</source>
            <translation>Monatsgebühr für {name} in US-Dollar</translation>
        </message>
        <message>
            <source>All plans: {money_set} a month</source>
            <translation>Alle Tarife: {money_set} im Monat</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <source>Cache read</source>
            <translation>Cache gelesen</translation>
        </message>
        <message>
            <source>Cache write</source>
            <translation>Cache geschr.</translation>
        </message>
        <message>
            <source>Update</source>
            <translation>Holen</translation>
        </message>
        <message>
            <source>Fetch newer prices now</source>
            <translation>Neuere Preise jetzt holen</translation>
        </message>
        <message>
            <source>Price list</source>
            <translation>Preisliste</translation>
        </message>
        <message>
            <source>Set for a model…</source>
            <translation>Für ein Modell…</translation>
        </message>
        <message>
            <source>Your own price</source>
            <translation>Eigener Preis</translation>
        </message>
        <message>
            <source>Per million tokens</source>
            <translation>Je Million Token</translation>
        </message>
        <message>
            <source>no price</source>
            <translation>kein Preis</translation>
        </message>
        <message>
            <source>past days keep their price</source>
            <translation>vergangene Tage behalten ihren Preis</translation>
        </message>
        <message>
            <source>discounts, gateways, local models</source>
            <translation>Rabatte, Gateways, lokale Modelle</translation>
        </message>
        <message>
            <source>your price</source>
            <translation>Ihr Preis</translation>
        </message>
        <message>
            <source>Kept: token counts, times, models, and names of projects and tools. Never kept: prompts, answers, code, keys.</source>
            <translation>Behalten werden Tokenzahlen, Zeiten, Modelle, Namen von Projekten und Werkzeugen. Nie: Eingaben, Antworten, Code, Schlüssel.</translation>
        </message>
        <message>
            <source>hide project names and money ({keys})</source>
            <translation>Projektnamen und Geld verbergen ({keys})</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Privatsphäre</translation>
        </message>
        <message>
            <source>Your logs stay on this computer.</source>
            <translation>Ihre Protokolle bleiben auf diesem Rechner.</translation>
        </message>
        <message>
            <source>Show what agents do</source>
            <translation>Zeigen, was Agenten tun</translation>
        </message>
        <message>
            <source>Fetch newer prices</source>
            <translation>Neuere Preise holen</translation>
        </message>
        <message>
            <source>Fetch rates of currencies</source>
            <translation>Währungskurse holen</translation>
        </message>
        <message>
            <source>What agents do</source>
            <translation>Tun der Agenten</translation>
        </message>
        <message>
            <source>Screen sharing</source>
            <translation>Bildschirmfreigabe</translation>
        </message>
        <message>
            <source>Goes online for</source>
            <translation>Geht online für</translation>
        </message>
        <message>
            <source>Currency rates</source>
            <translation>Währungskurse</translation>
        </message>
        <message>
            <source>Bill checks</source>
            <translation>Rechnungsprüfung</translation>
        </message>
        <message>
            <source>A bill check sends {anthropic} and {openai} the admin key you typed for each, and the days that are asked for. Nothing that was counted here is ever sent, and nobody else is asked.</source>
            <translation>Eine Prüfung sendet {anthropic} und {openai} den jeweils eingegebenen Admin-Schlüssel und die erfragten Tage. Nichts hier Gezähltes wird je gesendet, und niemand sonst wird gefragt.</translation>
        </message>
        <message>
            <source>“Editing session.ts”, read live, not kept</source>
            <translation>„Bearbeitet session.ts“, nur live, nie behalten</translation>
        </message>
        <message>
            <source>{host}, weekly, no identifiers</source>
            <translation>{host}, jede Woche</translation>
        </message>
        <message>
            <source>only providers under Accounts</source>
            <translation>nur Anbieter unter Konten</translation>
        </message>
        <message>
            <source>a month</source>
            <translation>im Monat</translation>
        </message>
        <message>
            <source>a week</source>
            <translation>in der Woche</translation>
        </message>
        <message>
            <source>a day</source>
            <translation>am Tag</translation>
        </message>
        <message>
            <source>More budgets</source>
            <translation>Weitere Budgets</translation>
        </message>
        <message>
            <source>a project</source>
            <translation>ein Projekt</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>at API prices</source>
            <translation>zu API-Preisen</translation>
        </message>
        <message>
            <source>{used} of {amount}</source>
            <translation>{used} von {amount}</translation>
        </message>
        <message>
            <source>keys that show the panel from any program; your desktop asks you for them</source>
            <translation>Tasten, die das Panel aus jedem Programm zeigen; Ihr Desktop fragt Sie danach</translation>
        </message>
        <message>
            <source>your desktop asks you now</source>
            <translation>Ihr Desktop fragt Sie jetzt</translation>
        </message>
        <message>
            <source>the keys that your desktop gave show the panel</source>
            <translation>die Tasten, die Ihr Desktop vergeben hat, zeigen das Panel</translation>
        </message>
        <message>
            <source>your desktop gave no keys; switch it off and on to ask again</source>
            <translation>Ihr Desktop hat keine Tasten vergeben; aus- und einschalten fragt erneut</translation>
        </message>
        <message>
            <source>this desktop gives programs no keys; in its settings, give some to “tokenwatch”</source>
            <translation>dieser Desktop vergibt keine Tasten; geben Sie dort „tokenwatch“ selbst welche</translation>
        </message>
        <message>
            <source>keys that show the panel from any program; so far only on Linux</source>
            <translation>Tasten, die das Panel aus jedem Programm zeigen; bisher nur unter Linux</translation>
        </message>
        <message>
            <source>Shortcut</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <source>{keys} shows the panel</source>
            <translation>{keys} zeigt das Panel</translation>
        </message>
        <message>
            <source>Sources</source>
            <translation>Quellen</translation>
        </message>
        <message>
            <source>Folders are read, never written to. New agents are picked up by themselves.</source>
            <translation>Ordner werden gelesen, nie beschrieben. Neue Agenten werden von selbst gefunden.</translation>
        </message>
        <message>
            <source>Look inside WSL, too</source>
            <translation>Auch in WSL nachsehen</translation>
        </message>
        <message>
            <source>Agents that are looked for</source>
            <translation>Gesuchte Agenten</translation>
        </message>
        <message>
            <source>Read {agent}</source>
            <translation>{agent} lesen</translation>
        </message>
        <message>
            <source>Inside WSL</source>
            <translation>In WSL</translation>
        </message>
        <message>
            <source>Show fewer</source>
            <translation>Weniger zeigen</translation>
        </message>
        <message>
            <source>Switched off</source>
            <translation>Abgeschaltet</translation>
        </message>
        <message>
            <source>Cannot be read</source>
            <translation>Nicht lesbar</translation>
        </message>
        <message>
            <source>Read in part</source>
            <translation>Teils gelesen</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Wird gelesen</translation>
        </message>
        <message>
            <source>counts agents in WSL; looking there starts it</source>
            <translation>zählt Agenten in WSL; das Nachsehen startet es</translation>
        </message>
        <message>
            <source>Not there</source>
            <translation>Nicht da</translation>
        </message>
        <message>
            <source>Only its processes</source>
            <translation>Nur Prozesse</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Read Claude Code’s limits from its status line</source>
            <translation>Limits von Claude Code aus der Statuszeile lesen</translation>
        </message>
        <message>
            <source>Claude’s limits</source>
            <translation>Limits von Claude</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>Ändern</translation>
        </message>
        <message>
            <source>In {file} the status line gets back what was there before: {back}.</source>
            <translation>In {file} erhält die Statuszeile zurück, was vorher dort stand: {back}.</translation>
        </message>
        <message>
            <source>from Claude Code’s status line</source>
            <translation>aus der Statuszeile von Claude Code</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nichts</translation>
        </message>
        <message>
            <source>In {file} the status line gets a command of TokenWatch, which keeps the limits, the context and the cost it is told, and then runs your own: {command}. Nothing else changes, a backup is kept, and nothing goes online.</source>
            <translation>In {file} erhält die Statuszeile einen Befehl von TokenWatch, der Limits, Kontext und Kosten behält und dann Ihren ausführt: {command}. Sonst ändert sich nichts, eine Sicherung bleibt, und nichts geht online.</translation>
        </message>
        <message>
            <source>In {file} a status line is set that keeps the limits, the context and the cost it is told, and shows nothing. Nothing else changes, a backup is kept, and nothing goes online.</source>
            <translation>In {file} wird eine Statuszeile gesetzt, die Limits, Kontext und Kosten behält und nichts zeigt. Sonst ändert sich nichts, eine Sicherung bleibt, und nichts geht online.</translation>
        </message>
        <message>
            <source>On. Your own status line still runs: {command}</source>
            <translation>An. Ihre eigene Statuszeile läuft weiter: {command}</translation>
        </message>
        <message>
            <source>On.</source>
            <translation>An.</translation>
        </message>
        <message>
            <source>That could not be changed: {why}.</source>
            <translation>Das konnte nicht geändert werden: {why}.</translation>
        </message>
        <message>
            <source>That could not be read: {why}.</source>
            <translation>Das konnte nicht gelesen werden: {why}.</translation>
        </message>
        <message>
            <source>JSON (*.json)</source>
            <translation>JSON (*.json)</translation>
        </message>
        <message>
            <source>Comma-separated values (*.csv)</source>
            <translation>Durch Komma getrennte Werte (*.csv)</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>Speichern…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation>Text (*.txt)</translation>
        </message>
        <message>
            <source>Open TokenWatch</source>
            <translation>TokenWatch öffnen</translation>
        </message>
        <message>
            <source>Snooze alerts for 1 hour</source>
            <translation>Hinweise 1 Stunde ruhen</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>Einstellungen…</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>{more} more</source>
            <translation>{more} weitere</translation>
        </message>
        <message>
            <source>Show names and money</source>
            <translation>Namen und Geld zeigen</translation>
        </message>
        <message>
            <source>The ledger cannot be used</source>
            <translation>Das Hauptbuch ist nicht benutzbar</translation>
        </message>
        <message>
            <source>The tray icon cannot be shown</source>
            <translation>Das Leistensymbol kann nicht gezeigt werden</translation>
        </message>
        <message>
            <source>Notifications cannot be shown</source>
            <translation>Mitteilungen können nicht gezeigt werden</translation>
        </message>
        <message>
            <source>The settings cannot be used</source>
            <translation>Die Einstellungen sind nicht benutzbar</translation>
        </message>
        <message>
            <source>The price table cannot be used</source>
            <translation>Die Preistabelle ist nicht benutzbar</translation>
        </message>
        <message>
            <source>Changes are noticed late</source>
            <translation>Änderungen werden spät bemerkt</translation>
        </message>
        <message>
            <source>The ledger works only in part</source>
            <translation>Das Hauptbuch arbeitet nur zum Teil</translation>
        </message>
        <message>
            <source>There is no place for the tray icon</source>
            <translation>Kein Platz für das Leistensymbol</translation>
        </message>
        <message>
            <source>The settings file has a mistake</source>
            <translation>Die Einstellungsdatei hat einen Fehler</translation>
        </message>
        <message>
            <source>Some use has no price</source>
            <translation>Ein Teil des Verbrauchs hat keinen Preis</translation>
        </message>
        <message>
            <source>{agent_name}’s logs cannot be read</source>
            <translation>Die Protokolle von {agent_name} sind nicht lesbar</translation>
        </message>
        <message>
            <source> Since {when}.</source>
            <translation> Seit {when}.</translation>
        </message>
        <message>
            <source> Also: {plain}.</source>
            <translation> Außerdem: {plain}.</translation>
        </message>
        <message>
            <source> Last seen: {projects}.</source>
            <translation> Zuletzt gesehen: {projects}.</translation>
        </message>
        <message>
            <source>A part of TokenWatch works only in part</source>
            <translation>Ein Teil von TokenWatch arbeitet nur teilweise</translation>
        </message>
        <message>
            <source>A part of TokenWatch cannot work</source>
            <translation>Ein Teil von TokenWatch kann nicht arbeiten</translation>
        </message>
        <message>
            <source> The other source is fine.</source>
            <translation> Die andere Quelle ist in Ordnung.</translation>
        </message>
        <message>
            <source> The other {count} sources are fine.</source>
            <translation> Die anderen {count} Quellen sind in Ordnung.</translation>
        </message>
        <message>
            <source>API prices are list prices on the day of use. For work inside a plan nobody sends you that bill.</source>
            <translation>API-Preise sind die Listenpreise am Tag der Nutzung. Für Arbeit innerhalb eines Tarifs schickt Ihnen niemand diese Rechnung.</translation>
        </message>
        <message>
            <source>Without a plan there might have been less work; what was used is taken as it is.</source>
            <translation>Ohne Tarif wäre vielleicht weniger gearbeitet worden; gerechnet wird mit dem, was verbraucht wurde.</translation>
        </message>
        <message>
            <source>What is read from the cache costs about a tenth of new input. A high ratio saves money, and says no more.</source>
            <translation>Was aus dem Cache kommt, kostet etwa ein Zehntel neuer Eingabe. Ein hoher Anteil spart Geld, mehr sagt er nicht.</translation>
        </message>
        <message>
            <source>A session is one, however long it is and however many sub-agents it had.</source>
            <translation>Eine Sitzung zählt als eine, wie lang sie auch ist und wie viele Unteragenten sie auch hatte.</translation>
        </message>
        <message>
            <source>Plan of {agent}</source>
            <translation>Tarif für {agent}</translation>
        </message>
        <message>
            <source>{times} the fee, at API prices</source>
            <translation>{times} die Gebühr, zu API-Preisen</translation>
        </message>
        <message>
            <source>{inside} for {fees}</source>
            <translation>{inside} für {fees}</translation>
        </message>
        <message>
            <source>no plan is set</source>
            <translation>kein Tarif eingetragen</translation>
        </message>
        <message>
            <source>in {whole} sessions</source>
            <translation>in {whole} Sitzungen</translation>
        </message>
        <message>
            <source>Cache hit ratio</source>
            <translation>Cache-Trefferquote</translation>
        </message>
        <message>
            <source>of all input</source>
            <translation>aller Eingaben</translation>
        </message>
        <message>
            <source>no plan</source>
            <translation>kein Tarif</translation>
        </message>
        <message>
            <source>its fee is not known</source>
            <translation>seine Gebühr ist nicht bekannt</translation>
        </message>
        <message>
            <source>A session at API prices</source>
            <translation>Eine Sitzung zu API-Preisen</translation>
        </message>
        <message>
            <source>New tokens a session</source>
            <translation>Neue Token je Sitzung</translation>
        </message>
        <message>
            <source>As now</source>
            <translation>Wie jetzt</translation>
        </message>
        <message>
            <source>{plan} for {agent}</source>
            <translation>{plan} für {agent}</translation>
        </message>
        <message>
            <source>if its limits suffice for all of it</source>
            <translation>wenn seine Limits für alles reichen</translation>
        </message>
        <message>
            <source>You paid</source>
            <translation>Sie zahlten</translation>
        </message>
        <message>
            <source>{month}: {figure}</source>
            <translation>{month}: {figure}</translation>
        </message>
        <message>
            <source>Without {plan}</source>
            <translation>Ohne {plan}</translation>
        </message>
        <message>
            <source>what it covers at list prices</source>
            <translation>was er deckt, zu Listenpreisen</translation>
        </message>
        <message>
            <source>No plans, everything metered</source>
            <translation>Keine Tarife, alles nach Verbrauch</translation>
        </message>
        <message>
            <source>same tokens at list prices</source>
            <translation>dieselben Token zu Listenpreisen</translation>
        </message>
        <message>
            <source>{money_set} plans + {money} metered</source>
            <translation>{money_set} Tarife + {money} Verbrauch</translation>
        </message>
        <message>
            <source>{money} metered</source>
            <translation>{money} Verbrauch</translation>
        </message>
        <message>
            <source>{money} of it inside plans</source>
            <translation>davon {money} in Tarifen</translation>
        </message>
        <message>
            <source>{money} in plans</source>
            <translation>{money} in Tarifen</translation>
        </message>
        <message>
            <source>what you pay</source>
            <translation>Ihre Zahlung</translation>
        </message>
        <message>
            <source>nothing paid</source>
            <translation>nichts gezahlt</translation>
        </message>
        <message>
            <source>for {fees}</source>
            <translation>für {fees}</translation>
        </message>
        <message>
            <source>30 min</source>
            <translation>30 min</translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>1 Stunde</translation>
        </message>
        <message>
            <source>Until tomorrow</source>
            <translation>Bis morgen</translation>
        </message>
        <message>
            <source>; and {number} more</source>
            <translation>; und {number} weitere</translation>
        </message>
        <message>
            <source>{number} active:</source>
            <translation>{number} aktiv:</translation>
        </message>
        <message>
            <source>Snooze: {span}</source>
            <translation>Ruhen: {span}</translation>
        </message>
        <message>
            <source>New: </source>
            <translation>Neu: </translation>
        </message>
        <message>
            <source>Nothing yet. What is told on the desktop is kept here.</source>
            <translation>Noch nichts. Was auf dem Desktop gemeldet wird, steht hier.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Gestern</translation>
        </message>
        <message>
            <source>Unmute</source>
            <translation>Wieder melden</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>Stummschalten</translation>
        </message>
        <message>
            <source>Muted.</source>
            <translation>Stumm.</translation>
        </message>
        <message>
            <source>Held back.</source>
            <translation>Zurückgehalten.</translation>
        </message>
        <message>
            <source>Over at {time}.</source>
            <translation>Vorbei um {time}.</translation>
        </message>
        <message>
            <source>Not an amount, such as {money_set}</source>
            <translation>Kein Betrag, wie etwa {money_set}</translation>
        </message>
        <message>
            <source>At most {money_set}</source>
            <translation>Höchstens {money_set}</translation>
        </message>
        <message>
            <source>A whole number from 1 to {most}</source>
            <translation>Eine ganze Zahl von 1 bis {most}</translation>
        </message>
        <message>
            <source>Got it</source>
            <translation>Gelesen</translation>
        </message>
        <message>
            <source>While you were away for {time}</source>
            <translation>Während Sie {time} weg waren</translation>
        </message>
        <message>
            <source>{tokens} new tokens, {cost} at API prices.</source>
            <translation>{tokens} neue Token, {cost} zu API-Preisen.</translation>
        </message>
        <message>
            <source>Agents worked {time} together.</source>
            <translation>Agenten arbeiteten zusammen {time}.</translation>
        </message>
        <message>
            <source>They waited {time} for you.</source>
            <translation>Sie warteten {time} auf Sie.</translation>
        </message>
        <message>
            <source>{count} finished.</source>
            <translation>{count} fertig.</translation>
        </message>
        <message>
            <source>{count} ended unexpectedly.</source>
            <translation>{count} unerwartet beendet.</translation>
        </message>
        <message>
            <source>No bill is known. An admin key or an exported file of Anthropic or OpenAI is compared with what was counted here: see Settings &gt; Accounts.</source>
            <translation>Keine Rechnung bekannt. Ein Admin-Schlüssel oder eine exportierte Datei von Anthropic oder OpenAI wird mit der eigenen Zählung verglichen: siehe Einstellungen &gt; Konten.</translation>
        </message>
        <message>
            <source>the same</source>
            <translation>gleich</translation>
        </message>
        <message>
            <source>{part}% apart</source>
            <translation>{part}% auseinander</translation>
        </message>
        <message>
            <source>from a file</source>
            <translation>aus einer Datei</translation>
        </message>
        <message>
            <source>asked</source>
            <translation>abgefragt</translation>
        </message>
        <message>
            <source>{tokens} of {tokens2} tokens</source>
            <translation>{tokens} von {tokens2} Token</translation>
        </message>
        <message>
            <source>Billed on {known_days} days, UTC</source>
            <translation>Berechnet an {known_days} Tagen, UTC</translation>
        </message>
        <message>
            <source>Counted here for these days, at list prices</source>
            <translation>Für diese Tage hier gezählt, zu Listenpreisen</translation>
        </message>
        <message>
            <source>Coverage: counted here of what was billed</source>
            <translation>Abdeckung: von der Rechnung hier gezählt</translation>
        </message>
        <message>
            <source>other reasons</source>
            <translation>andere Gründe</translation>
        </message>
        <message>
            <source>Per day: at most {cost} on {day}</source>
            <translation>Je Tag: höchstens {cost} am {day}</translation>
        </message>
        <message>
            <source>By agent and model</source>
            <translation>Nach Agent und Modell</translation>
        </message>
        <message>
            <source>Per day: nothing</source>
            <translation>Je Tag: nichts</translation>
        </message>
        <message>
            <source>Per day</source>
            <translation>Je Tag</translation>
        </message>
        <message>
            <source>Top sessions</source>
            <translation>Größte Sitzungen</translation>
        </message>
        <message>
            <source>under 15 min</source>
            <translation>unter 15 min</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>{count} weitere</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>Sessions</source>
            <translation>Sitzungen</translation>
        </message>
        <message>
            <source>New tokens</source>
            <translation>Neue Token</translation>
        </message>
        <message>
            <source>Cache reads</source>
            <translation>Cache gelesen</translation>
        </message>
        <message>
            <source>You pay</source>
            <translation>Sie zahlen</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Anteil</translation>
        </message>
        <message>
            <source>{tokens} tokens of {count} requests are estimates</source>
            <translation>{tokens} Token von {count} Anfragen sind geschätzt</translation>
        </message>
        <message>
            <source>1 project</source>
            <translation>1 Projekt</translation>
        </message>
        <message>
            <source>{count} projects</source>
            <translation>{count} Projekte</translation>
        </message>
        <message>
            <source>1 agent</source>
            <translation>1 Agent</translation>
        </message>
        <message>
            <source>{count} agents</source>
            <translation>{count} Agenten</translation>
        </message>
        <message>
            <source>1 day</source>
            <translation>1 Tag</translation>
        </message>
        <message>
            <source>{name}, {count} sessions, {tokens} new tokens, {listed} at API prices, you pay {paid}, {share}</source>
            <translation>{name}, {count} Sitzungen, {tokens} neue Token, {listed} zu API-Preisen, Sie zahlen {paid}, {share}</translation>
        </message>
        <message>
            <source>in plan</source>
            <translation>im Tarif</translation>
        </message>
        <message>
            <source>What the tokens were used for</source>
            <translation>Wofür die Token verbraucht wurden</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>Summen</translation>
        </message>
        <message>
            <source>+ {fees} in plans</source>
            <translation>+ {fees} in Tarifen</translation>
        </message>
        <message>
            <source>of what you pay by use</source>
            <translation>was nach Verbrauch bezahlt wird</translation>
        </message>
        <message>
            <source>of everything, at API prices</source>
            <translation>alles, zu API-Preisen</translation>
        </message>
        <message>
            <source>{name} passes {amount} {span}</source>
            <translation>{name} überschreitet {amount} {span}</translation>
        </message>
        <message>
            <source>What it watches</source>
            <translation>Was beobachtet wird</translation>
        </message>
        <message>
            <source>Amount in US dollars</source>
            <translation>Betrag in US-Dollar</translation>
        </message>
        <message>
            <source>In which time</source>
            <translation>In welcher Zeit</translation>
        </message>
        <message>
            <source>Counted</source>
            <translation>Gezählt</translation>
        </message>
        <message>
            <source>Tell me when</source>
            <translation>Melden, wenn</translation>
        </message>
        <message>
            <source>passes</source>
            <translation>überschreitet</translation>
        </message>
        <message>
            <source>Left and right walk along the chart, T shows it as a table</source>
            <translation>Links und rechts gehen das Diagramm entlang, T zeigt es als Tabelle</translation>
        </message>
        <message>
            <source>Per day: {total} in all; most on {day}, {money}</source>
            <translation>Je Tag: {total} zusammen; am meisten am {day}, {money}</translation>
        </message>
        <message>
            <source>Per day: nothing spent</source>
            <translation>Je Tag: nichts ausgegeben</translation>
        </message>
        <message>
            <source>Cost per day, at API prices</source>
            <translation>Kosten je Tag, zu API-Preisen</translation>
        </message>
        <message>
            <source>Cost per day, metered</source>
            <translation>Kosten je Tag, nach Verbrauch</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Nothing spent</source>
            <translation>Nichts ausgegeben</translation>
        </message>
        <message>
            <source>Where {what} comes from</source>
            <translation>Woher {what} kommt</translation>
        </message>
        <message>
            <source>{input} in, {read} read, {output} out</source>
            <translation>{input} ein, {read} gelesen, {output} aus</translation>
        </message>
        <message>
            <source>one request, {when}</source>
            <translation>eine Anfrage, {when}</translation>
        </message>
        <message>
            <source>Model, then log</source>
            <translation>Modell, dann Protokoll</translation>
        </message>
        <message>
            <source>Price per million</source>
            <translation>Preis je Million</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>Anfragen</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>no price is known</source>
            <translation>kein Preis bekannt</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Zusammen</translation>
        </message>
        <message>
            <source>without a price</source>
            <translation>ohne Preis</translation>
        </message>
        <message>
            <source>a lower bound only</source>
            <translation>nur eine Untergrenze</translation>
        </message>
        <message>
            <source>copies that do not count</source>
            <translation>Kopien, die nicht zählen</translation>
        </message>
        <message>
            <source>a log</source>
            <translation>ein Protokoll</translation>
        </message>
        <message>
            <source>restated on {day}</source>
            <translation>berichtigt am {day}</translation>
        </message>
        <message>
            <source>and {number} more logs</source>
            <translation>und {number} weitere Protokolle</translation>
        </message>
        <message>
            <source>corrected</source>
            <translation>berichtigt</translation>
        </message>
        <message>
            <source>Start one, and it appears here within a second. There is nothing to set up.</source>
            <translation>Starten Sie einen, und er erscheint hier binnen einer Sekunde. Einzurichten ist nichts.</translation>
        </message>
        <message>
            <source>Running processes</source>
            <translation>Laufende Prozesse</translation>
        </message>
        <message>
            <source>none of the names known</source>
            <translation>keiner der bekannten Namen</translation>
        </message>
        <message>
            <source>Reads counts, times and names from logs on this computer, and sends none of it.</source>
            <translation>Liest Zahlen, Zeiten und Namen aus Protokollen auf diesem Rechner und sendet nichts davon.</translation>
        </message>
        <message>
            <source>{count} agents; looking again by itself</source>
            <translation>{count} Agenten; sucht von selbst weiter</translation>
        </message>
        <message>
            <source>Choose a folder…</source>
            <translation>Ordner wählen …</translation>
        </message>
        <message>
            <source>Show me with sample data</source>
            <translation>Mit Beispieldaten zeigen</translation>
        </message>
        <message>
            <source> Looked for {named}.</source>
            <translation> Gesucht: {named}.</translation>
        </message>
        <message>
            <source>{name} in {place}</source>
            <translation>{name} in {place}</translation>
        </message>
        <message>
            <source>Where TokenWatch looked</source>
            <translation>Wo TokenWatch gesucht hat</translation>
        </message>
        <message>
            <source>not there</source>
            <translation>nicht da</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>Dark panel</source>
            <translation>Dunkle Leiste</translation>
        </message>
        <message>
            <source>Light panel</source>
            <translation>Helle Leiste</translation>
        </message>
        <message>
            <source>One colour</source>
            <translation>Einfarbig</translation>
        </message>
        <message>
            <source>Tray icon: {words}</source>
            <translation>Leistensymbol: {words}</translation>
        </message>
        <message>
            <source>{words} block (estimate)</source>
            <translation>{words}-Block (Schätzung)</translation>
        </message>
        <message>
            <source>Limits of {provider_name}</source>
            <translation>Limits von {provider_name}</translation>
        </message>
        <message>
            <source>{capitalize} plan</source>
            <translation>Tarif {capitalize}</translation>
        </message>
        <message>
            <source>{plan} · {fee} a month</source>
            <translation>{plan} · {fee} im Monat</translation>
        </message>
        <message>
            <source>no limits were read; blocks of five hours are estimated from your own counts</source>
            <translation>keine Limits gelesen; Blöcke von fünf Stunden sind aus eigener Zählung geschätzt</translation>
        </message>
        <message>
            <source>{value} of each {what}, two weeks</source>
            <translation>{value} je {what}, zwei Wochen</translation>
        </message>
        <message>
            <source>This {length} against an even pace</source>
            <translation>{length} gegen gleichmäßigen Takt</translation>
        </message>
        <message>
            <source>At this pace</source>
            <translation>Bei diesem Takt</translation>
        </message>
        <message>
            <source>Peak</source>
            <translation>Spitze</translation>
        </message>
        <message>
            <source>{window_title} so far: {percent}</source>
            <translation>{window_title} bisher: {percent}</translation>
        </message>
        <message>
            <source>Course of the window: not known</source>
            <translation>Verlauf des Fensters: nicht bekannt</translation>
        </message>
        <message>
            <source>, out {out_words}</source>
            <translation>, leer {out_words}</translation>
        </message>
        <message>
            <source>Course of the window</source>
            <translation>Verlauf des Fensters</translation>
        </message>
        <message>
            <source>out {out_words}</source>
            <translation>leer {out_words}</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>Gelesen</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>Verbraucht</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>nicht bekannt</translation>
        </message>
        <message>
            <source>{len} past windows, {full} of them used up</source>
            <translation>{len} vergangene Fenster, {full} davon aufgebraucht</translation>
        </message>
        <message>
            <source>Past windows: none known</source>
            <translation>Vergangene Fenster: keine bekannt</translation>
        </message>
        <message>
            <source>{len} past blocks, estimated; the largest {words}</source>
            <translation>{len} vergangene Blöcke, geschätzt; der größte {words}</translation>
        </message>
        <message>
            <source>Windows</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>{title}: peaks</source>
            <translation>{title}: Spitzen</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Beendet</translation>
        </message>
        <message>
            <source>Most used</source>
            <translation>Höchstens</translation>
        </message>
        <message>
            <source>now</source>
            <translation>jetzt</translation>
        </message>
        <message>
            <source>until {day_and_clock}</source>
            <translation>bis {day_and_clock}</translation>
        </message>
        <message>
            <source>none yet</source>
            <translation>noch keine</translation>
        </message>
        <message>
            <source>{figure} used</source>
            <translation>{figure} verbraucht</translation>
        </message>
        <message>
            <source>its status and process</source>
            <translation>Status und Prozess</translation>
        </message>
        <message>
            <source>its process and log</source>
            <translation>Prozess und Protokoll</translation>
        </message>
        <message>
            <source>its log only</source>
            <translation>nur Protokoll</translation>
        </message>
        <message>
            <source>a guess</source>
            <translation>Vermutung</translation>
        </message>
        <message>
            <source>idle</source>
            <translation>ruhend</translation>
        </message>
        <message>
            <source>{count} working</source>
            <translation>{count} arbeiten</translation>
        </message>
        <message>
            <source>{count} waiting</source>
            <translation>{count} warten</translation>
        </message>
        <message>
            <source>{count} idle</source>
            <translation>{count} ruhen</translation>
        </message>
        <message>
            <source>not counted</source>
            <translation>nicht gezählt</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Counted as</source>
            <translation>Gezählt als</translation>
        </message>
        <message>
            <source>Known by</source>
            <translation>Bekannt durch</translation>
        </message>
        <message>
            <source>Sub-agents</source>
            <translation>Unteragenten</translation>
        </message>
        <message>
            <source>Which agents are counted</source>
            <translation>Welche Agenten gezählt werden</translation>
        </message>
        <message>
            <source>Tokens per minute over</source>
            <translation>Token pro Minute über</translation>
        </message>
        <message>
            <source>1 minute</source>
            <translation>1 Minute</translation>
        </message>
        <message>
            <source>5 minutes</source>
            <translation>5 Minuten</translation>
        </message>
        <message>
            <source>60 minutes</source>
            <translation>60 Minuten</translation>
        </message>
        <message>
            <source>Last token</source>
            <translation>Letztes Token</translation>
        </message>
        <message>
            <source>Where the token rate comes from</source>
            <translation>Woher die Token-Rate kommt</translation>
        </message>
        <message>
            <source>{duration} ago</source>
            <translation>vor {duration}</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartend</translation>
        </message>
        <message>
            <source>working</source>
            <translation>arbeitend</translation>
        </message>
        <message>
            <source>missing: the logs of {agent} cannot be read</source>
            <translation>fehlt: die Protokolle von {agent} sind nicht lesbar</translation>
        </message>
        <message>
            <source>Averages in which newer tokens weigh more; the middle one is shown</source>
            <translation>Mittelwerte, in denen neuere Token mehr wiegen; gezeigt wird der mittlere</translation>
        </message>
        <message>
            <source>Input, cache writes and output, sub-agents included</source>
            <translation>Eingabe, Cache-Schreiben und Ausgabe, mit Unteragenten</translation>
        </message>
        <message>
            <source>counted</source>
            <translation>gezählt</translation>
        </message>
        <message>
            <source>and {number} more sessions</source>
            <translation>und {number} weitere Sitzungen</translation>
        </message>
        <message>
            <source>Sub-agents, which stand apart</source>
            <translation>Unteragenten, für sich</translation>
        </message>
        <message>
            <source>ended lately</source>
            <translation>kürzlich beendet</translation>
        </message>
        <message>
            <source>of it {project}</source>
            <translation>davon {project}</translation>
        </message>
        <message>
            <source>Mon</source>
            <translation>Mo</translation>
        </message>
        <message>
            <source>Tue</source>
            <translation>Di</translation>
        </message>
        <message>
            <source>Wed</source>
            <translation>Mi</translation>
        </message>
        <message>
            <source>Thu</source>
            <translation>Do</translation>
        </message>
        <message>
            <source>Fri</source>
            <translation>Fr</translation>
        </message>
        <message>
            <source>Sat</source>
            <translation>Sa</translation>
        </message>
        <message>
            <source>Sun</source>
            <translation>So</translation>
        </message>
        <message>
            <source>Jan</source>
            <translation>Jan</translation>
        </message>
        <message>
            <source>Feb</source>
            <translation>Feb</translation>
        </message>
        <message>
            <source>Mar</source>
            <translation>Mär</translation>
        </message>
        <message>
            <source>Apr</source>
            <translation>Apr</translation>
        </message>
        <message>
            <source>Jun</source>
            <translation>Jun</translation>
        </message>
        <message>
            <source>Jul</source>
            <translation>Jul</translation>
        </message>
        <message>
            <source>Aug</source>
            <translation>Aug</translation>
        </message>
        <message>
            <source>Sep</source>
            <translation>Sep</translation>
        </message>
        <message>
            <source>Oct</source>
            <translation>Okt</translation>
        </message>
        <message>
            <source>Nov</source>
            <translation>Nov</translation>
        </message>
        <message>
            <source>Dec</source>
            <translation>Dez</translation>
        </message>
        <message>
            <source>1 agent last seen at {time}: {projects}</source>
            <translation>1 Agent zuletzt um {time} gesehen: {projects}</translation>
        </message>
        <message>
            <source>{count} agents last seen at {time}: {projects}</source>
            <translation>{count} Agenten zuletzt um {time} gesehen: {projects}</translation>
        </message>
        <message>
            <source>cannot be seen since {time}</source>
            <translation>seit {time} nicht zu sehen</translation>
        </message>
        <message>
            <source>cannot be seen</source>
            <translation>nicht zu sehen</translation>
        </message>
        <message>
            <source>This month: reading logs</source>
            <translation>Dieser Monat: Protokolle werden gelesen</translation>
        </message>
        <message>
            <source>Today {money}</source>
            <translation>Heute {money}</translation>
        </message>
        <message>
            <source>No projection while paused</source>
            <translation>Keine Prognose während der Pause</translation>
        </message>
        <message>
            <source>at {paused_at}</source>
            <translation>um {paused_at}</translation>
        </message>
        <message>
            <source>day {day}</source>
            <translation>Tag {day}</translation>
        </message>
        <message>
            <source> of {day}</source>
            <translation> von {day}</translation>
        </message>
        <message>
            <source>{name} is over budget</source>
            <translation>{name} ist über dem Budget</translation>
        </message>
        <message>
            <source>No budget set</source>
            <translation>Kein Budget gesetzt</translation>
        </message>
        <message>
            <source>{name} is near its budget</source>
            <translation>{name} ist nahe am Budget</translation>
        </message>
        <message>
            <source>This month: not known yet</source>
            <translation>Dieser Monat: noch nicht bekannt</translation>
        </message>
        <message>
            <source>At API prices: {money} so far</source>
            <translation>Zu API-Preisen: bisher {money}</translation>
        </message>
        <message>
            <source>The month, adding up</source>
            <translation>Der Monat, aufsummiert</translation>
        </message>
        <message>
            <source>Plans, fixed · {money_set}</source>
            <translation>Tarife, fest · {money_set}</translation>
        </message>
        <message>
            <source>so far</source>
            <translation>bisher</translation>
        </message>
        <message>
            <source>So far or projected</source>
            <translation>Bisher oder voraussichtlich</translation>
        </message>
        <message>
            <source>Range, 8 in 10</source>
            <translation>Spanne, 8 von 10</translation>
        </message>
        <message>
            <source>{money} so far</source>
            <translation>bisher {money}</translation>
        </message>
        <message>
            <source>{money} that day</source>
            <translation>{money} an dem Tag</translation>
        </message>
        <message>
            <source>Budget {money_set}</source>
            <translation>Budget {money_set}</translation>
        </message>
        <message>
            <source>Now {least}{money}</source>
            <translation>Jetzt {least}{money}</translation>
        </message>
        <message>
            <source>half the time</source>
            <translation>die halbe Zeit</translation>
        </message>
        <message>
            <source>8 times in 10</source>
            <translation>8 von 10 Malen</translation>
        </message>
        <message>
            <source>range {money_range}</source>
            <translation>Spanne {money_range}</translation>
        </message>
        <message>
            <source>projected</source>
            <translation>voraussichtlich</translation>
        </message>
        <message>
            <source>projected {money_forecast}</source>
            <translation>voraussichtlich {money_forecast}</translation>
        </message>
        <message>
            <source>Month before</source>
            <translation>Monat davor</translation>
        </message>
        <message>
            <source>Month after</source>
            <translation>Monat danach</translation>
        </message>
        <message>
            <source>September 2026</source>
            <translation>September 2026</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Ausblenden</translation>
        </message>
        <message>
            <source>Choose another folder…</source>
            <translation>Anderen Ordner wählen …</translation>
        </message>
        <message>
            <source>Belongs to</source>
            <translation>Gehört</translation>
        </message>
        <message>
            <source>{owner}, rights {rights}</source>
            <translation>{owner}, Rechte {rights}</translation>
        </message>
        <message>
            <source>To fix it</source>
            <translation>Abhilfe</translation>
        </message>
        <message>
            <source>Sample</source>
            <translation>Beispiel</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>paid back on {day}</source>
            <translation>bezahlt gemacht am {day}</translation>
        </message>
        <message>
            <source>, for {fee}</source>
            <translation>, für {fee}</translation>
        </message>
        <message>
            <source>At API prices, day by day</source>
            <translation>Zu API-Preisen, Tag für Tag</translation>
        </message>
        <message>
            <source>you pay {fee}</source>
            <translation>Sie zahlen {fee}</translation>
        </message>
        <message>
            <source>That day</source>
            <translation>An dem Tag</translation>
        </message>
        <message>
            <source>Input, per million tokens</source>
            <translation>Eingabe, je Million Token</translation>
        </message>
        <message>
            <source>Cache read, if another</source>
            <translation>Cache gelesen, falls anders</translation>
        </message>
        <message>
            <source>Cache write, if another</source>
            <translation>Cache geschrieben, falls anders</translation>
        </message>
        <message>
            <source>Price of {model}</source>
            <translation>Preis von {model}</translation>
        </message>
        <message>
            <source>Same price as</source>
            <translation>Gleicher Preis wie</translation>
        </message>
        <message>
            <source>or, in US dollars:</source>
            <translation>oder, in US-Dollar:</translation>
        </message>
        <message>
            <source>Earlier requests of this model get this price, too.</source>
            <translation>Auch frühere Anfragen dieses Modells erhalten diesen Preis.</translation>
        </message>
        <message>
            <source>, now {plain}</source>
            <translation>, jetzt {plain}</translation>
        </message>
        <message>
            <source>{name} {window} {percent} used, {status}</source>
            <translation>{name} {window} {percent} verbraucht, {status}</translation>
        </message>
        <message>
            <source>out ~{clock}</source>
            <translation>leer ~{clock}</translation>
        </message>
        <message>
            <source>out {replace}</source>
            <translation>leer {replace}</translation>
        </message>
        <message>
            <source>resets {duration}</source>
            <translation>neu in {duration}</translation>
        </message>
        <message>
            <source>has reset</source>
            <translation>ist erneuert</translation>
        </message>
        <message>
            <source>{hours}: at most {rate} tokens a minute, at {time}</source>
            <translation>{hours}: höchstens {rate} Token je Minute, um {time}</translation>
        </message>
        <message>
            <source>No tokens in this time</source>
            <translation>Keine Token in dieser Zeit</translation>
        </message>
        <message>
            <source>Last {count} hours</source>
            <translation>Letzte {count} Stunden</translation>
        </message>
        <message>
            <source>{hours}: no tokens</source>
            <translation>{hours}: keine Token</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Tokens a minute</source>
            <translation>Token je Minute</translation>
        </message>
        <message>
            <source>The first tokens came just now and are drawn soon</source>
            <translation>Die ersten Token kamen eben und werden gleich gezeichnet</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <source>A row goes before the settings of Plans, from its first day until the day before its last. Paid as: metered, plan, or overage, which covers so much a month. Account: only what is billed through this provider.</source>
            <translation>Eine Zeile geht den Einstellungen unter Tarife vor, von ihrem ersten Tag bis vor ihrem letzten. Bezahlt als: metered, plan oder overage, das so viel im Monat abdeckt. Konto: nur was über diesen Anbieter abgerechnet wird.</translation>
        </message>
        <message>
            <source>Besides the month’s budget. Each: month, week or day. Of: paid (what you pay) or listed (at API prices). An agent or a project may be left empty.</source>
            <translation>Neben dem Budget des Monats. Je: month, week oder day. Von: paid (was Sie zahlen) oder listed (zu API-Preisen). Agent und Projekt dürfen leer bleiben.</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Konto</translation>
        </message>
        <message>
            <source>Paid as</source>
            <translation>Bezahlt als</translation>
        </message>
        <message>
            <source>Fee a month</source>
            <translation>Gebühr im Monat</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Bis</translation>
        </message>
        <message>
            <source>Covers, US dollars</source>
            <translation>Deckt ab, US-Dollar</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>US dollars</source>
            <translation>US-Dollar</translation>
        </message>
        <message>
            <source>Each</source>
            <translation>Je</translation>
        </message>
        <message>
            <source>Of</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Tell me at %</source>
            <translation>Melden bei %</translation>
        </message>
        <message>
            <source>Plans with dates</source>
            <translation>Tarife mit Daten</translation>
        </message>
        <message>
            <source>Budgets</source>
            <translation>Budgets</translation>
        </message>
        <message>
            <source>Add a row</source>
            <translation>Zeile hinzufügen</translation>
        </message>
        <message>
            <source>Remove the row</source>
            <translation>Zeile entfernen</translation>
        </message>
        <message>
            <source>Row {number}: {why}.</source>
            <translation>Zeile {number}: {why}.</translation>
        </message>
        <message>
            <source>Wake</source>
            <translation>Wecken</translation>
        </message>
        <message>
            <source>snoozed until {time}</source>
            <translation>ruht bis {time}</translation>
        </message>
        <message>
            <source>End the snooze of: {rule}</source>
            <translation>Ruhe beenden: {rule}</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Find ({keys})</source>
            <translation>Suchen ({keys})</translation>
        </message>
        <message>
            <source>plan</source>
            <translation>Tarif</translation>
        </message>
        <message>
            <source>+{len} sub</source>
            <translation>+{len} Unter</translation>
        </message>
        <message>
            <source>Known from its own status and its process</source>
            <translation>Bekannt aus seinem eigenen Status und seinem Prozess</translation>
        </message>
        <message>
            <source>Known from its process and its log</source>
            <translation>Bekannt aus seinem Prozess und seinem Protokoll</translation>
        </message>
        <message>
            <source>Known from its log only: no process of it is seen here</source>
            <translation>Nur aus dem Protokoll bekannt: hier ist kein Prozess davon zu sehen</translation>
        </message>
        <message>
            <source>A guess: no log is known that is certainly its own</source>
            <translation>Eine Vermutung: kein Protokoll gehört sicher dazu</translation>
        </message>
        <message>
            <source>Began at {when}</source>
            <translation>Begann um {when}</translation>
        </message>
        <message>
            <source>At work since {when}</source>
            <translation>Arbeitet seit {when}</translation>
        </message>
        <message>
            <source>Waits since {when}</source>
            <translation>Wartet seit {when}</translation>
        </message>
        <message>
            <source>Works in the background since {when}</source>
            <translation>Arbeitet im Hintergrund seit {when}</translation>
        </message>
        <message>
            <source>Rests since {when}</source>
            <translation>Ruht seit {when}</translation>
        </message>
        <message>
            <source>You last typed at {when}; since then {spent} at API prices</source>
            <translation>Sie haben zuletzt um {when} etwas eingegeben; seitdem {spent} zu API-Preisen</translation>
        </message>
        <message>
            <source>{count} processes go on with this session</source>
            <translation>{count} Prozesse führen diese Sitzung fort</translation>
        </message>
        <message>
            <source>You last typed at {when}</source>
            <translation>Sie haben zuletzt um {when} etwas eingegeben</translation>
        </message>
        <message>
            <source>Prompt cache until {when}</source>
            <translation>Prompt-Cache bis {when}</translation>
        </message>
        <message>
            <source>Prompt cache ran out at {when}</source>
            <translation>Prompt-Cache um {when} abgelaufen</translation>
        </message>
        <message>
            <source>1 sub-agent finished lately</source>
            <translation>1 Unteragent wurde gerade fertig</translation>
        </message>
        <message>
            <source>{count} sub-agents finished lately</source>
            <translation>{count} Unteragenten wurden gerade fertig</translation>
        </message>
        <message>
            <source>{len} more</source>
            <translation>{len} weitere</translation>
        </message>
        <message>
            <source>Running agents</source>
            <translation>Laufende Agenten</translation>
        </message>
        <message>
            <source>{status} · finished its turn</source>
            <translation>{status} · fertig</translation>
        </message>
        <message>
            <source>Waiting for you</source>
            <translation>Wartet auf Sie</translation>
        </message>
        <message>
            <source>Reading {target}</source>
            <translation>Liest {target}</translation>
        </message>
        <message>
            <source>Editing {target}</source>
            <translation>Bearbeitet {target}</translation>
        </message>
        <message>
            <source>Searching {target}</source>
            <translation>Durchsucht {target}</translation>
        </message>
        <message>
            <source>Running {target}</source>
            <translation>Führt {target} aus</translation>
        </message>
        <message>
            <source>Fetching {target}</source>
            <translation>Holt {target}</translation>
        </message>
        <message>
            <source>Delegating to {target}</source>
            <translation>Gibt ab an {target}</translation>
        </message>
        <message>
            <source>Planning {target}</source>
            <translation>Plant {target}</translation>
        </message>
        <message>
            <source>Using {target}</source>
            <translation>Nutzt {target}</translation>
        </message>
        <message>
            <source>Thinking</source>
            <translation>Denkt</translation>
        </message>
        <message>
            <source>Reading files</source>
            <translation>Liest Dateien</translation>
        </message>
        <message>
            <source>Editing files</source>
            <translation>Bearbeitet Dateien</translation>
        </message>
        <message>
            <source>Searching</source>
            <translation>Sucht</translation>
        </message>
        <message>
            <source>Running a command</source>
            <translation>Führt Befehl aus</translation>
        </message>
        <message>
            <source>Reading the web</source>
            <translation>Liest im Netz</translation>
        </message>
        <message>
            <source>Delegating</source>
            <translation>Gibt Arbeit ab</translation>
        </message>
        <message>
            <source>Planning</source>
            <translation>Plant</translation>
        </message>
        <message>
            <source>Asks: {what}</source>
            <translation>Fragt: {what}</translation>
        </message>
        <message>
            <source>Finished its turn</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>last active {when}</source>
            <translation>zuletzt aktiv {when}</translation>
        </message>
        <message>
            <source>Last: </source>
            <translation>Zuletzt: </translation>
        </message>
        <message>
            <source>Doing</source>
            <translation>Tätigkeit</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>Kontext</translation>
        </message>
        <message>
            <source>Tokens/min</source>
            <translation>Token/min</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Kosten</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>Alter</translation>
        </message>
        <message>
            <source>Project and agent</source>
            <translation>Projekt und Agent</translation>
        </message>
        <message>
            <source>The language model</source>
            <translation>Das Sprachmodell</translation>
        </message>
        <message>
            <source>What it does now</source>
            <translation>Was er jetzt tut</translation>
        </message>
        <message>
            <source>What it waits for or does now, else the branch it works on</source>
            <translation>Worauf er wartet oder was er tut, sonst der Zweig</translation>
        </message>
        <message>
            <source>How full the model's context window is</source>
            <translation>Wie voll das Kontextfenster des Modells ist</translation>
        </message>
        <message>
            <source>New tokens a minute, averaged over 5 minutes</source>
            <translation>Neue Token je Minute, im Mittel von 5 Minuten</translation>
        </message>
        <message>
            <source>At list prices, sub-agents included; in plan: adds nothing to what you pay</source>
            <translation>Zu Listenpreisen, mit Unteragenten; im Tarif: kommt nicht hinzu</translation>
        </message>
        <message>
            <source>Since it was started</source>
            <translation>Seit dem Start</translation>
        </message>
        <message>
            <source>sub-agent of {name}</source>
            <translation>Unteragent von {name}</translation>
        </message>
        <message>
            <source>Working</source>
            <translation>Arbeitet</translation>
        </message>
        <message>
            <source>itself</source>
            <translation>selbst</translation>
        </message>
        <message>
            <source>sub-agent</source>
            <translation>Unteragent</translation>
        </message>
        <message>
            <source>{flow} tokens a minute</source>
            <translation>{flow} Token je Minute</translation>
        </message>
        <message>
            <source>another</source>
            <translation>einem anderen</translation>
        </message>
        <message>
            <source>Hide names and amounts of money while you share the screen ({keys})</source>
            <translation>Namen und Beträge verbergen, solange Sie den Bildschirm teilen ({keys})</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>Startet</translation>
        </message>
        <message>
            <source>Hide names</source>
            <translation>Namen verbergen</translation>
        </message>
        <message>
            <source>Navigation</source>
            <translation>Navigation</translation>
        </message>
        <message>
            <source>Last event {ago}</source>
            <translation>Letztes Ereignis {ago}</translation>
        </message>
        <message>
            <source>No events yet</source>
            <translation>Noch keine Ereignisse</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>{sources} of {sources2} sources</source>
            <translation>{sources} von {sources2} Quellen</translation>
        </message>
        <message>
            <source>Something cannot work</source>
            <translation>Etwas geht nicht</translation>
        </message>
        <message>
            <source>Watching for agents</source>
            <translation>Sucht Agenten</translation>
        </message>
        <message>
            <source>Watching 1 source</source>
            <translation>1 Quelle im Blick</translation>
        </message>
        <message>
            <source>Watching {sources} sources</source>
            <translation>{sources} Quellen im Blick</translation>
        </message>
        <message>
            <source>~{tokens} tokens are estimates: their agents do not write enough to be exact</source>
            <translation>~{tokens} Token sind geschätzt: Ihre Agenten schreiben nicht genug, um genau zu sein</translation>
        </message>
        <message>
            <source>{used} of {amount} · {part}</source>
            <translation>{used} von {amount} · {part}</translation>
        </message>
        <message>
            <source> at list prices</source>
            <translation> zu Listenpreisen</translation>
        </message>
        <message>
            <source>{model} has no price</source>
            <translation>{model} hat keinen Preis</translation>
        </message>
        <message>
            <source>{number} requests</source>
            <translation>{number} Anfragen</translation>
        </message>
        <message>
            <source>{share} of all</source>
            <translation>{share} von allen</translation>
        </message>
        <message>
            <source>Restated on {day}, {number} requests</source>
            <translation>Berichtigt am {day}, {number} Anfragen</translation>
        </message>
        <message>
            <source>Projected for {month_name}</source>
            <translation>{month_name}, voraussichtlich</translation>
        </message>
        <message>
            <source>Spent in {month_name}</source>
            <translation>Ausgegeben im {month_name}</translation>
        </message>
        <message>
            <source>earliest: {day}</source>
            <translation>frühestens: {day}</translation>
        </message>
        <message>
            <source>not expected</source>
            <translation>nicht erwartet</translation>
        </message>
        <message>
            <source>Of it inside plans</source>
            <translation>Davon in Tarifen</translation>
        </message>
        <message>
            <source>range {wide}</source>
            <translation>Spanne {wide}</translation>
        </message>
        <message>
            <source>Over budget by</source>
            <translation>Über dem Budget um</translation>
        </message>
        <message>
            <source>Chance over</source>
            <translation>Risiko</translation>
        </message>
        <message>
            <source>half the time {inner}, 8 in 10 {wide}</source>
            <translation>halbe Zeit {inner}, 8 von 10 {wide}</translation>
        </message>
        <message>
            <source>{used} used</source>
            <translation>{used} verbraucht</translation>
        </message>
        <message>
            <source>, month {gone} gone</source>
            <translation>, Monat {gone} vorbei</translation>
        </message>
        <message>
            <source>as if all were metered</source>
            <translation>als wäre alles nach Verbrauch</translation>
        </message>
        <message>
            <source>adds nothing to what you pay</source>
            <translation>kommt nicht zu Ihren Kosten hinzu</translation>
        </message>
        <message>
            <source>plans and metered use</source>
            <translation>Tarife und Verbrauch</translation>
        </message>
        <message>
            <source>few days of data, 8 in 10</source>
            <translation>wenige Tage Daten, 8 von 10</translation>
        </message>
        <message>
            <source>none set</source>
            <translation>keines gesetzt</translation>
        </message>
        <message>
            <source>budget passed</source>
            <translation>Budget überschritten</translation>
        </message>
        <message>
            <source>no budget set</source>
            <translation>kein Budget gesetzt</translation>
        </message>
        <message>
            <source>Monthly fee in US dollars</source>
            <translation>Monatsgebühr in US-Dollar</translation>
        </message>
        <message>
            <source>fee</source>
            <translation>Gebühr</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Sichern</translation>
        </message>
        <message>
            <source>What may a month cost?</source>
            <translation>Was darf ein Monat kosten?</translation>
        </message>
        <message>
            <source>A budget and a flat plan make the numbers yours. Both can be set later, too.</source>
            <translation>Mit Budget und Tarif werden die Zahlen zu Ihren. Beides geht auch später.</translation>
        </message>
        <message>
            <source>Budget a month</source>
            <translation>Budget im Monat</translation>
        </message>
        <message>
            <source>Agents: {counts_words}</source>
            <translation>Agenten: {counts_words}</translation>
        </message>
        <message>
            <source>Agents, that can be seen</source>
            <translation>Agenten, soweit sichtbar</translation>
        </message>
        <message>
            <source>Agents, sample</source>
            <translation>Agenten, Beispiel</translation>
        </message>
        <message>
            <source>+{count} sub</source>
            <translation>+{count} Unter</translation>
        </message>
        <message>
            <source>+{count} sub-agents</source>
            <translation>+{count} Unteragenten</translation>
        </message>
        <message>
            <source>+1 sub-agent</source>
            <translation>+1 Unteragent</translation>
        </message>
        <message>
            <source>, {sub_agents} sub-agents</source>
            <translation>, {sub_agents} Unteragenten</translation>
        </message>
        <message>
            <source>Counted are sessions whose process runs, and logs that grew in the last minutes.</source>
            <translation>Gezählt werden Sitzungen, deren Prozess läuft, und Protokolle, die in den letzten Minuten gewachsen sind.</translation>
        </message>
        <message>
            <source>1 source missing</source>
            <translation>1 Quelle fehlt</translation>
        </message>
        <message>
            <source>{count} sources missing</source>
            <translation>{count} Quellen fehlen</translation>
        </message>
        <message>
            <source>{name}, at {clock}</source>
            <translation>{name}, um {clock}</translation>
        </message>
        <message>
            <source>{name}, projected</source>
            <translation>{name}, Prognose</translation>
        </message>
        <message>
            <source>since {when}</source>
            <translation>seit {when}</translation>
        </message>
        <message>
            <source>Spending now</source>
            <translation>Ausgaben jetzt</translation>
        </message>
        <message>
            <source>/hour</source>
            <translation>/Std.</translation>
        </message>
        <message>
            <source>metered</source>
            <translation>Verbrauch</translation>
        </message>
        <message>
            <source>Today they worked {worked} in all and waited {waited}; at most {count} at once.</source>
            <translation>Heute haben sie zusammen {worked} gearbeitet und {waited} gewartet; höchstens {count} gleichzeitig.</translation>
        </message>
        <message>
            <source>last token {when}</source>
            <translation>letztes Token {when}</translation>
        </message>
        <message>
            <source>no token yet</source>
            <translation>noch kein Token</translation>
        </message>
        <message>
            <source>{agent}: {one}, {five}, {sixty} a minute over 1, 5 and 60 minutes, {cost} an hour at API prices</source>
            <translation>{agent}: {one}, {five}, {sixty} je Minute über 1, 5 und 60 Minuten, {cost} je Stunde zu API-Preisen</translation>
        </message>
        <message>
            <source>{name} so far</source>
            <translation>{name} bisher</translation>
        </message>
        <message>
            <source>Agents: not watching while paused</source>
            <translation>Agenten: angehalten, kein Blick darauf</translation>
        </message>
        <message>
            <source>Agents: reading logs</source>
            <translation>Agenten: Protokolle werden gelesen</translation>
        </message>
        <message>
            <source>Token rate: not watching</source>
            <translation>Token-Rate: angehalten</translation>
        </message>
        <message>
            <source>Token rate: reading logs</source>
            <translation>Token-Rate: Protokolle werden gelesen</translation>
        </message>
        <message>
            <source>This month: {said}</source>
            <translation>Dieser Monat: {said}</translation>
        </message>
        <message>
            <source>few days of data</source>
            <translation>wenige Tage Daten</translation>
        </message>
        <message>
            <source>range {span}</source>
            <translation>Spanne {span}</translation>
        </message>
        <message>
            <source>metered agents only</source>
            <translation>nur nach Verbrauch</translation>
        </message>
        <message>
            <source>metered only</source>
            <translation>nur Verbrauch</translation>
        </message>
        <message>
            <source>{agents} counted to {when}</source>
            <translation>{agents} gezählt bis {when}</translation>
        </message>
        <message>
            <source>counted to {when}</source>
            <translation>gezählt bis {when}</translation>
        </message>
        <message>
            <source>{more} inside plans</source>
            <translation>{more} in Tarifen</translation>
        </message>
        <message>
            <source>{more} in plans</source>
            <translation>{more} Tarif</translation>
        </message>
        <message>
            <source>none running</source>
            <translation>keiner läuft</translation>
        </message>
        <message>
            <source>not watching</source>
            <translation>schaut nicht hin</translation>
        </message>
        <message>
            <source>looking for agents</source>
            <translation>sucht nach Agenten</translation>
        </message>
        <message>
            <source>≈ {money_short} an hour</source>
            <translation>≈ {money_short} je Std.</translation>
        </message>
        <message>
            <source>without {agents}</source>
            <translation>ohne {agents}</translation>
        </message>
        <message>
            <source>spent when paused</source>
            <translation>bis zur Pause</translation>
        </message>
        <message>
            <source>to {when}</source>
            <translation>bis {when}</translation>
        </message>
        <message>
            <source>{rate}/min over the hour</source>
            <translation>{rate}/min in der Stunde</translation>
        </message>
        <message>
            <source>{rate} in 1 h</source>
            <translation>{rate} in 1 h</translation>
        </message>
        <message>
            <source>peak {rate} at {time}</source>
            <translation>Spitze {rate} um {time}</translation>
        </message>
        <message>
            <source>peak {rate}</source>
            <translation>Spitze {rate}</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Add a percentage</source>
            <translation>Prozentwert hinzufügen</translation>
        </message>
        <message>
            <source>Percentage {number}</source>
            <translation>Prozentwert {number}</translation>
        </message>
        <message>
            <source>Empty it to take it away</source>
            <translation>Leeren nimmt ihn weg</translation>
        </message>
        <message>
            <source>in 1 session</source>
            <translation>in 1 Sitzung</translation>
        </message>
        <message>
            <source>in {text} sessions</source>
            <translation>in {text} Sitzungen</translation>
        </message>
        <message>
            <source>Tokens per day. </source>
            <translation>Token je Tag. </translation>
        </message>
        <message>
            <source>Today so far</source>
            <translation>Heute bisher</translation>
        </message>
        <message>
            <source>Busiest day</source>
            <translation>Stärkster Tag</translation>
        </message>
        <message>
            <source>{tokens} tokens</source>
            <translation>{tokens} Token</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>{lost} Undo is possible for some seconds.</source>
            <translation>{lost} Einige Sekunden lang lässt es sich zurücknehmen.</translation>
        </message>
        <message>
            <source>No windows are known to run out of. What they use counts towards the month.</source>
            <translation>Kein Fenster bekannt, das leer werden könnte. Der Verbrauch zählt zum Monat.</translation>
        </message>
        <message>
            <source>Trying again by itself every {seconds} s</source>
            <translation>Neuer Versuch alle {seconds} s</translation>
        </message>
        <message>
            <source>Open settings</source>
            <translation>Einstellungen öffnen</translation>
        </message>
        <message>
            <source>TokenWatch tries again by itself</source>
            <translation>TokenWatch versucht es von selbst wieder</translation>
        </message>
        <message>
            <source>{number} new</source>
            <translation>{number} neu</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Erneut versuchen</translation>
        </message>
        <message>
            <source>Stop watching {agent}</source>
            <translation>{agent} nicht mehr beobachten</translation>
        </message>
        <message>
            <source>too early to project</source>
            <translation>zu früh für eine Prognose</translation>
        </message>
        <message>
            <source>Working in the background</source>
            <translation>Arbeitet im Hintergrund</translation>
        </message>
        <message>
            <source>Idle</source>
            <translation>Ruht</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Ended unexpectedly</source>
            <translation>Unerwartet beendet</translation>
        </message>
        <message>
            <source>updated {ago}</source>
            <translation>aktualisiert {ago}</translation>
        </message>
        <message>
            <source>{spent} of {budget}</source>
            <translation>{spent} von {budget}</translation>
        </message>
        <message>
            <source>{verdict} · {chance} chance of going over</source>
            <translation>{verdict} · {chance} Gefahr der Überschreitung</translation>
        </message>
        <message>
            <source>{name}: {counts_words}; {rate} tokens a minute; {month_words}</source>
            <translation>{name}: {counts_words}; {rate} Token je Minute; {month_words}</translation>
        </message>
        <message>
            <source>{counts_words} · {rate}/min</source>
            <translation>{counts_words} · {rate}/min</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>gerade eben</translation>
        </message>
        <message>
            <source>{seconds} min ago</source>
            <translation>vor {seconds} min</translation>
        </message>
        <message>
            <source>{count} waiting for you</source>
            <translation>{count} warten auf Sie</translation>
        </message>
        <message>
            <source>{count} running</source>
            <translation>{count} laufen</translation>
        </message>
        <message>
            <source>no agents running</source>
            <translation>kein Agent läuft</translation>
        </message>
        <message>
            <source>projected {range}</source>
            <translation>voraussichtlich {range}</translation>
        </message>
        <message>
            <source>projected {middle}, range {width}</source>
            <translation>voraussichtlich {middle}, Spanne {width}</translation>
        </message>
        <message>
            <source>projected {middle} ({width})</source>
            <translation>voraussichtlich {middle} ({width})</translation>
        </message>
        <message>
            <source>{money} over</source>
            <translation>{money} darüber</translation>
        </message>
        <message>
            <source>{over} · heading for {money_forecast} over</source>
            <translation>{over} · auf dem Weg zu {money_forecast} darüber</translation>
        </message>
        <message>
            <source>On track</source>
            <translation>Im Plan</translation>
        </message>
        <message>
            <source>{name}: reading logs</source>
            <translation>{name}: Protokolle werden gelesen</translation>
        </message>
        <message>
            <source>{name}, sample</source>
            <translation>{name}, Beispiel</translation>
        </message>
        <message>
            <source>{rate} tokens/min</source>
            <translation>{rate} Token/min</translation>
        </message>
        <message>
            <source>{name}: paused</source>
            <translation>{name}: angehalten</translation>
        </message>
        <message>
            <source> · {rate}/min</source>
            <translation> · {rate}/min</translation>
        </message>
        <message>
            <source> · resets in {duration}</source>
            <translation> · neu in {duration}</translation>
        </message>
        <message>
            <source>May go over</source>
            <translation>Wird vielleicht zu viel</translation>
        </message>
        <message>
            <source>Heading over</source>
            <translation>Wird zu viel</translation>
        </message>
        <message>
            <source>{name}: paused since {clock_time}</source>
            <translation>{name}: angehalten seit {clock_time}</translation>
        </message>
        <message>
            <source>waiting {time}</source>
            <translation>wartet {time}</translation>
        </message>
        <message>
            <source>idle {time}</source>
            <translation>ruht {time}</translation>
        </message>
        <message>
            <source>{rate} tokens a minute</source>
            <translation>{rate} Token je Minute</translation>
        </message>
        <message>
            <source> to </source>
            <translation> bis </translation>
        </message>
        <message>
            <source>{month_name} {spent_words} when paused</source>
            <translation>{month_name} {spent_words} bis zur Pause</translation>
        </message>
        <message>
            <source>1 sub-agent</source>
            <translation>1 Unteragent</translation>
        </message>
        <message>
            <source>{count} sub-agents</source>
            <translation>{count} Unteragenten</translation>
        </message>
        <message>
            <source>The ledger was damaged and has been set aside as {name}.</source>
            <translation>Das Hauptbuch war beschädigt und wurde als {name} beiseitegelegt.</translation>
        </message>
        <message>
            <source>The backup of {made} is in its place and the logs since then are read again; what agents wrote and deleted in between is not counted.</source>
            <translation>Die Sicherung von {made} steht an seiner Stelle, und die Protokolle seither werden noch einmal gelesen; was Agenten dazwischen schrieben und löschten, ist nicht gezählt.</translation>
        </message>
        <message>
            <source>There was no backup, so all logs are read again; what agents have deleted is not counted.</source>
            <translation>Es gab keine Sicherung, darum werden alle Protokolle noch einmal gelesen; was Agenten gelöscht haben, ist nicht gezählt.</translation>
        </message>
        <message>
            <source>The ledger file is damaged.</source>
            <translation>Die Datei des Hauptbuchs ist beschädigt.</translation>
        </message>
        <message>
            <source>The ledger's sums are not those of its records.</source>
            <translation>Die Summen des Hauptbuchs sind nicht die seiner Einträge.</translation>
        </message>
        <message>
            <source>The ledger holds sums that belong to no session.</source>
            <translation>Das Hauptbuch enthält Summen, die zu keiner Sitzung gehören.</translation>
        </message>
        <message>
            <source>The ledger is damaged, and its backup could not be put in place: {why}.</source>
            <translation>Das Hauptbuch ist beschädigt, und seine Sicherung konnte nicht eingesetzt werden: {why}.</translation>
        </message>
        <message>
            <source>The ledger is damaged, and there is no space for its backup.</source>
            <translation>Das Hauptbuch ist beschädigt, und für seine Sicherung ist kein Platz.</translation>
        </message>
        <message>
            <source>The ledger holds counts that cannot be.</source>
            <translation>Das Hauptbuch enthält unmögliche Zahlen.</translation>
        </message>
        <message>
            <source>The check of the ledger was broken off.</source>
            <translation>Die Prüfung des Hauptbuchs wurde abgebrochen.</translation>
        </message>
        <message>
            <source>The ledger was written by a newer TokenWatch (format {version}, this one knows {known}). It is left untouched; update TokenWatch to go on.</source>
            <translation>Das Hauptbuch wurde von einem neueren TokenWatch geschrieben (Format {version}, dieses kennt {known}). Es bleibt unberührt; aktualisieren Sie TokenWatch.</translation>
        </message>
        <message>
            <source>The ledger cannot be opened: {why}.</source>
            <translation>Das Hauptbuch lässt sich nicht öffnen: {why}.</translation>
        </message>
        <message>
            <source>Another program holds the ledger; trying again.</source>
            <translation>Ein anderes Programm hält das Hauptbuch; es wird wieder versucht.</translation>
        </message>
        <message>
            <source>The ledger file is damaged: its format has no sensible number.</source>
            <translation>Die Datei des Hauptbuchs ist beschädigt: ihr Format hat keine sinnvolle Nummer.</translation>
        </message>
        <message>
            <source>{path} may not be written ({why}), so nothing new is counted.</source>
            <translation>{path} ist nicht beschreibbar ({why}), deshalb wird nichts Neues gezählt.</translation>
        </message>
        <message>
            <source>The ledger is not set up yet, or of an older format that only a writer brings up to date.</source>
            <translation>Das Hauptbuch ist noch nicht eingerichtet oder hat ein älteres Format, das nur beim Schreiben erneuert wird.</translation>
        </message>
        <message>
            <source>There is no space left for the ledger. Counting goes on when space is free.</source>
            <translation>Für das Hauptbuch ist kein Platz mehr. Es wird weitergezählt, wenn wieder Platz ist.</translation>
        </message>
        <message>
            <source>The ledger file is damaged and cannot be read.</source>
            <translation>Die Datei des Hauptbuchs ist beschädigt und nicht lesbar.</translation>
        </message>
        <message>
            <source>The ledger cannot hold what was read: {why}.</source>
            <translation>Das Hauptbuch kann nicht aufnehmen, was gelesen wurde: {why}.</translation>
        </message>
        <message>
            <source>The ledger could not be written: the disk reports an error ({why}).</source>
            <translation>Das Hauptbuch konnte nicht geschrieben werden: die Platte meldet einen Fehler ({why}).</translation>
        </message>
        <message>
            <source>The ledger cannot be opened: its folder is missing or may not be read.</source>
            <translation>Das Hauptbuch lässt sich nicht öffnen: sein Ordner fehlt oder darf nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The ledger could not be used: {why}.</source>
            <translation>Das Hauptbuch war nicht benutzbar: {why}.</translation>
        </message>
        <message>
            <source>The ledger may not be written: it or its folder is read-only.</source>
            <translation>Das Hauptbuch darf nicht geschrieben werden: es oder sein Ordner ist schreibgeschützt.</translation>
        </message>
        <message>
            <source>{missing} of {count} models are missing</source>
            <translation>{missing} von {count} Modellen fehlen</translation>
        </message>
        <message>
            <source>{count} models would have cost something else in the past</source>
            <translation>{count} Modelle hätten früher etwas anderes gekostet</translation>
        </message>
        <message>
            <source>it has another shape than expected ({why})</source>
            <translation>ihre Form ist anders als erwartet ({why})</translation>
        </message>
        <message>
            <source>it cannot be read</source>
            <translation>sie sind nicht lesbar</translation>
        </message>
        <message>
            <source>dollars per million tokens,</source>
            <translation>Dollar je Million Tokens sein,</translation>
        </message>
        <message>
            <source>not valid TOML ({reason})</source>
            <translation>kein gültiges TOML ({reason})</translation>
        </message>
        <message>
            <source>dollars per thousand searches,</source>
            <translation>Dollar je tausend Suchen sein,</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>eine Zahl sein,</translation>
        </message>
        <message>
            <source>it is not used</source>
            <translation>es wird nicht verwendet</translation>
        </message>
        <message>
            <source>{file}, line {line}: {reason}; {what}.</source>
            <translation>{file}, Zeile {line}: {reason}; {what}.</translation>
        </message>
        <message>
            <source>an entry must be a table</source>
            <translation>ein Eintrag muss eine Tabelle sein</translation>
        </message>
        <message>
            <source>model must be a name, or a list of names, in quotes</source>
            <translation>model muss ein Name oder eine Liste von Namen in Anführungszeichen sein</translation>
        </message>
        <message>
            <source>provider must be a name in quotes</source>
            <translation>provider muss ein Name in Anführungszeichen sein</translation>
        </message>
        <message>
            <source>tier must be one of {names}</source>
            <translation>tier muss eines von {names} sein</translation>
        </message>
        <message>
            <source>{key} must be a day such as 2026-01-31, without quotes</source>
            <translation>{key} muss ein Tag wie 2026-01-31 sein, ohne Anführungszeichen</translation>
        </message>
        <message>
            <source>{key} must be {what} from 0 to {highest}</source>
            <translation>{key} muss {what} von 0 bis {highest}</translation>
        </message>
        <message>
            <source>times is missing</source>
            <translation>times fehlt</translation>
        </message>
        <message>
            <source>geo must be a name in quotes</source>
            <translation>geo muss ein Name in Anführungszeichen sein</translation>
        </message>
        <message>
            <source>a factor holds for a tier or for a geo, not for both</source>
            <translation>ein Faktor gilt für tier oder für geo, nicht für beides</translation>
        </message>
        <message>
            <source>{key} must be true or false</source>
            <translation>{key} muss true oder false sein</translation>
        </message>
        <message>
            <source>{key} is not a known key</source>
            <translation>{key} ist kein bekannter Schlüssel</translation>
        </message>
        <message>
            <source>{key} is missing</source>
            <translation>{key} fehlt</translation>
        </message>
        <message>
            <source>long_above must be a number of tokens</source>
            <translation>long_above muss eine Zahl von Tokens sein</translation>
        </message>
        <message>
            <source>{key} needs long_above</source>
            <translation>{key} braucht long_above</translation>
        </message>
        <message>
            <source>{file} is larger than 1 MB: your prices are not used.</source>
            <translation>{file} ist größer als 1 MB: Ihre Preise werden nicht verwendet.</translation>
        </message>
        <message>
            <source>this entry is not used</source>
            <translation>dieser Eintrag wird nicht verwendet</translation>
        </message>
        <message>
            <source>{kind} is not known here</source>
            <translation>{kind} ist hier nicht bekannt</translation>
        </message>
        <message>
            <source>long_above needs {key}</source>
            <translation>long_above braucht {key}</translation>
        </message>
        <message>
            <source>{file} cannot be read ({why}): your prices are not used.</source>
            <translation>{file} ist nicht lesbar ({why}): Ihre Preise werden nicht verwendet.</translation>
        </message>
        <message>
            <source>{file} is not UTF-8 text: your prices are not used.</source>
            <translation>{file} ist kein Text in UTF-8: Ihre Preise werden nicht verwendet.</translation>
        </message>
        <message>
            <source>this price is not used</source>
            <translation>dieser Preis wird nicht verwendet</translation>
        </message>
        <message>
            <source>this factor is not used</source>
            <translation>dieser Faktor wird nicht verwendet</translation>
        </message>
        <message>
            <source>{kind} is not known here (write [[{name}]])</source>
            <translation>{kind} ist hier nicht bekannt (schreiben Sie [[{name}]])</translation>
        </message>
        <message>
            <source>{pattern} must name a model, in quotes</source>
            <translation>{pattern} muss ein Modell nennen, in Anführungszeichen</translation>
        </message>
        <message>
            <source>this alias is not used</source>
            <translation>dieser Alias wird nicht verwendet</translation>
        </message>
        <message>
            <source>"{amount}" is not a number of dollars.</source>
            <translation>"{amount}" ist keine Zahl von Dollar.</translation>
        </message>
        <message>
            <source>{file} cannot be read, so nothing was added to it.</source>
            <translation>{file} ist nicht lesbar, deshalb wurde nichts hinzugefügt.</translation>
        </message>
        <message>
            <source>{file} has a mistake, so nothing was added to it.</source>
            <translation>{file} enthält einen Fehler, deshalb wurde nichts hinzugefügt.</translation>
        </message>
        <message>
            <source>{file} could not be written ({why}).</source>
            <translation>{file} konnte nicht geschrieben werden ({why}).</translation>
        </message>
        <message>
            <source>The price table cannot be read ({reason}): no cost is known. Install TokenWatch anew.</source>
            <translation>Die Preistabelle ist nicht lesbar ({reason}): keine Kosten sind bekannt. Installieren Sie TokenWatch neu.</translation>
        </message>
        <message>
            <source>genai-prices {installed} cannot be used ({reason}): the prices of {version} hold.</source>
            <translation>genai-prices {installed} ist nicht brauchbar ({reason}): es gelten die Preise von {version}.</translation>
        </message>
        <message>
            <source>The price table is damaged ({error}): some costs are missing. Install TokenWatch anew.</source>
            <translation>Die Preistabelle ist beschädigt ({error}): manche Kosten fehlen. Installieren Sie TokenWatch neu.</translation>
        </message>
        <message>
            <source>generations of a form that is not known</source>
            <translation>Erzeugungen in unbekannter Form</translation>
        </message>
        <message>
            <source>{path} was not closed in order by its agent; it is read when that runs again.</source>
            <translation>{path} wurde von seinem Agenten nicht ordentlich geschlossen; es wird gelesen, wenn er wieder läuft.</translation>
        </message>
        <message>
            <source>{path} is damaged or no database.</source>
            <translation>{path} ist beschädigt oder keine Datenbank.</translation>
        </message>
        <message>
            <source>{path} is locked by another program; it is read again soon.</source>
            <translation>{path} ist von einem anderen Programm gesperrt; es wird bald wieder gelesen.</translation>
        </message>
        <message>
            <source>{path} takes too long to read, so the rest of it is left out.</source>
            <translation>{path} zu lesen dauert zu lange, darum bleibt der Rest weg.</translation>
        </message>
        <message>
            <source>{path} cannot be read right now: {why}.</source>
            <translation>{path} ist gerade nicht lesbar: {why}.</translation>
        </message>
        <message>
            <source>row over 32 MiB</source>
            <translation>Datenbankzeile über 32 MiB</translation>
        </message>
        <message>
            <source>{path} is being written; it is read again soon.</source>
            <translation>{path} wird gerade geschrieben; es wird bald wieder gelesen.</translation>
        </message>
        <message>
            <source>answers without token counts</source>
            <translation>Antworten ohne Token-Zahlen</translation>
        </message>
        <message>
            <source>not valid JSON</source>
            <translation>kein gültiges JSON</translation>
        </message>
        <message>
            <source>The bill of {provider} could not be read: {error}</source>
            <translation>Die Rechnung von {provider} konnte nicht gelesen werden: {error}</translation>
        </message>
        <message>
            <source>This is none of the exports that are known: the usage or cost export of the Claude Console, or the usage or costs export of the OpenAI platform, as CSV.</source>
            <translation>Das ist keiner der bekannten Exporte: Nutzung oder Kosten aus der Claude Console oder von der OpenAI-Plattform, als CSV.</translation>
        </message>
        <message>
            <source>The file has no rows, so there is nothing to compare.</source>
            <translation>Die Datei hat keine Zeilen, also gibt es nichts zu vergleichen.</translation>
        </message>
        <message>
            <source>{file} is larger than {most} MiB, which no export is.</source>
            <translation>{file} ist größer als {most} MiB; so groß ist kein Export.</translation>
        </message>
        <message>
            <source>the amount is in {currency} and not in dollars</source>
            <translation>der Betrag ist in {currency} und nicht in Dollar</translation>
        </message>
        <message>
            <source>"{text}" is no number of tokens</source>
            <translation>"{text}" ist keine Zahl von Tokens</translation>
        </message>
        <message>
            <source>"{text}" is no amount</source>
            <translation>"{text}" ist kein Betrag</translation>
        </message>
        <message>
            <source>Line {line} of the file is not understood: {error}.</source>
            <translation>Zeile {line} der Datei ist unverständlich: {error}.</translation>
        </message>
        <message>
            <source>{file} cannot be read: {why}.</source>
            <translation>{file} ist nicht lesbar: {why}.</translation>
        </message>
        <message>
            <source>{file} is not text in UTF-8.</source>
            <translation>{file} ist kein Text in UTF-8.</translation>
        </message>
        <message>
            <source>"{text}" is no day</source>
            <translation>"{text}" ist kein Tag</translation>
        </message>
        <message>
            <source>The prices that were fetched are not used: {error}.</source>
            <translation>Die geholten Preise werden nicht verwendet: {error}.</translation>
        </message>
        <message>
            <source>The prices that were fetched could not be kept ({why}).</source>
            <translation>Die geholten Preise konnten nicht gespeichert werden ({why}).</translation>
        </message>
        <message>
            <source>The rates that were fetched could not be kept ({why}).</source>
            <translation>Die geholten Kurse konnten nicht gespeichert werden ({why}).</translation>
        </message>
        <message>
            <source>The rates of currencies that were fetched are not used: they have another form.</source>
            <translation>Die geholten Währungskurse werden nicht verwendet: sie haben eine andere Form.</translation>
        </message>
        <message>
            <source>{host} answered in a way that is not understood: {what}.</source>
            <translation>{host} hat unverständlich geantwortet: {what}.</translation>
        </message>
        <message>
            <source>an object is missing</source>
            <translation>ein Objekt fehlt</translation>
        </message>
        <message>
            <source>a list is missing</source>
            <translation>eine Liste fehlt</translation>
        </message>
        <message>
            <source>a count is no whole number</source>
            <translation>eine Anzahl ist keine ganze Zahl</translation>
        </message>
        <message>
            <source>a name is no text</source>
            <translation>ein Name ist kein Text</translation>
        </message>
        <message>
            <source>an amount is in {currency} and not in dollars</source>
            <translation>ein Betrag ist in {currency} und nicht in Dollar</translation>
        </message>
        <message>
            <source>an amount is no number</source>
            <translation>ein Betrag ist keine Zahl</translation>
        </message>
        <message>
            <source>an amount is impossible</source>
            <translation>ein Betrag ist unmöglich</translation>
        </message>
        <message>
            <source>a day does not begin at midnight UTC</source>
            <translation>ein Tag beginnt nicht um Mitternacht UTC</translation>
        </message>
        <message>
            <source>a day is missing</source>
            <translation>ein Tag fehlt</translation>
        </message>
        <message>
            <source>its pages do not end</source>
            <translation>seine Seiten enden nicht</translation>
        </message>
        <message>
            <source>There is no system keyring, so no key can be kept and accounts are off. On Linux a Secret Service is needed: install gnome-keyring, KeePassXC or KWallet, and sign in again.</source>
            <translation>Es gibt keinen Schlüsselbund, deshalb kann kein Schlüssel aufbewahrt werden und Konten sind aus. Unter Linux ist ein Secret Service nötig: Installieren Sie gnome-keyring, KeePassXC oder KWallet und melden Sie sich neu an.</translation>
        </message>
        <message>
            <source>An admin key of {name} begins with {prefix}. Other keys cannot read the bill.</source>
            <translation>Ein Admin-Schlüssel von {name} beginnt mit {prefix}. Andere Schlüssel können die Rechnung nicht lesen.</translation>
        </message>
        <message>
            <source>This is not a whole key of {name}: it has other characters or another length.</source>
            <translation>Das ist kein ganzer Schlüssel von {name}: er hat andere Zeichen oder eine andere Länge.</translation>
        </message>
        <message>
            <source>The macOS Keychain</source>
            <translation>Der macOS-Schlüsselbund</translation>
        </message>
        <message>
            <source>The Windows Credential Manager</source>
            <translation>Die Windows-Anmeldeinformationsverwaltung</translation>
        </message>
        <message>
            <source>{name} is locked. Unlock it to use the keys in it.</source>
            <translation>{name} ist gesperrt. Entsperren Sie ihn, um seine Schlüssel zu benutzen.</translation>
        </message>
        <message>
            <source>{name} is locked, so the keys in it cannot be read.</source>
            <translation>{name} ist gesperrt, deshalb sind seine Schlüssel nicht lesbar.</translation>
        </message>
        <message>
            <source>The system keyring is locked and was not unlocked.</source>
            <translation>Der Schlüsselbund des Systems ist gesperrt und wurde nicht entsperrt.</translation>
        </message>
        <message>
            <source>The system keyring cannot be used ({why}).</source>
            <translation>Der Schlüsselbund des Systems ist nicht benutzbar ({why}).</translation>
        </message>
        <message>
            <source>What the keyring keeps for {name} is not an admin key. Remove it here.</source>
            <translation>Was der Schlüsselbund für {name} aufbewahrt, ist kein Admin-Schlüssel. Entfernen Sie es hier.</translation>
        </message>
        <message>
            <source>{host} was asked too often.</source>
            <translation>{host} wurde zu oft gefragt.</translation>
        </message>
        <message>
            <source>{host} was asked too often. It asks to wait {seconds} s.</source>
            <translation>{host} wurde zu oft gefragt. Es bittet um {seconds} s Geduld.</translation>
        </message>
        <message>
            <source>{host} did not understand the question (status {status}{said}).</source>
            <translation>{host} hat die Frage nicht verstanden (Status {status}{said}).</translation>
        </message>
        <message>
            <source>its certificate is not trusted: {why}</source>
            <translation>dem Zertifikat wird nicht vertraut: {why}</translation>
        </message>
        <message>
            <source>{host} points to another address, which is not followed.</source>
            <translation>{host} verweist auf eine andere Adresse, der nicht gefolgt wird.</translation>
        </message>
        <message>
            <source>{host} does not accept the key{why}.</source>
            <translation>{host} nimmt den Schlüssel nicht an{why}.</translation>
        </message>
        <message>
            <source>{host} does not let this key read reports{why}.</source>
            <translation>{host} lässt diesen Schlüssel keine Berichte lesen{why}.</translation>
        </message>
        <message>
            <source>{host} is no provider's address, so it is not asked.</source>
            <translation>{host} ist keine Adresse eines Anbieters und wird deshalb nicht gefragt.</translation>
        </message>
        <message>
            <source>{host} has trouble of its own (status {status}{said}).</source>
            <translation>{host} hat selbst Schwierigkeiten (Status {status}{said}).</translation>
        </message>
        <message>
            <source>{host} answered with something that is not JSON.</source>
            <translation>{host} hat mit etwas geantwortet, das kein JSON ist.</translation>
        </message>
        <message>
            <source>{host} was not asked any more.</source>
            <translation>{host} wurde nicht mehr gefragt.</translation>
        </message>
        <message>
            <source>{host} answered with more than {most} MiB, which is not read.</source>
            <translation>{host} hat mit mehr als {most} MiB geantwortet; das wird nicht gelesen.</translation>
        </message>
        <message>
            <source>{host} did not answer within {seconds} seconds.</source>
            <translation>{host} hat innerhalb von {seconds} Sekunden nicht geantwortet.</translation>
        </message>
        <message>
            <source>{host} could not be reached ({why}).</source>
            <translation>{host} war nicht erreichbar ({why}).</translation>
        </message>
        <message>
            <source>{host} broke off its answer ({why}).</source>
            <translation>{host} hat seine Antwort abgebrochen ({why}).</translation>
        </message>
        <message>
            <source>the program stands in a folder whose name cannot be written into an entry</source>
            <translation>das Programm liegt in einem Ordner, dessen Name sich nicht in einen Eintrag schreiben lässt</translation>
        </message>
        <message>
            <source>network share</source>
            <translation>Netzwerkfreigabe</translation>
        </message>
        <message>
            <source>network drive</source>
            <translation>Netzlaufwerk</translation>
        </message>
        <message>
            <source>{folder} cannot be locked: {why}.</source>
            <translation>{folder} kann nicht gesperrt werden: {why}.</translation>
        </message>
        <message>
            <source>Claude Code keeps no settings here: {folder} does not exist.</source>
            <translation>Claude Code hat hier keine Einstellungen: {folder} gibt es nicht.</translation>
        </message>
        <message>
            <source>"{entry}" in {file} is not a command, so it is left alone.</source>
            <translation>"{entry}" in {file} ist kein Befehl und bleibt deshalb unberührt.</translation>
        </message>
        <message>
            <source>{file} is larger than settings are, so it is left alone.</source>
            <translation>{file} ist größer, als Einstellungen es sind, und bleibt deshalb unberührt.</translation>
        </message>
        <message>
            <source>{file} does not hold settings, so it is left alone.</source>
            <translation>{file} enthält keine Einstellungen und bleibt deshalb unberührt.</translation>
        </message>
        <message>
            <source>{file} is written in a way that is not understood, so it is left alone.</source>
            <translation>{file} ist auf eine unverständliche Weise geschrieben und bleibt deshalb unberührt.</translation>
        </message>
        <message>
            <source>{file} was changed meanwhile. Try again.</source>
            <translation>{file} wurde inzwischen geändert. Versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>What was the status line before is not known any more, so {file} is left alone. Change it by hand.</source>
            <translation>Was vorher die Statuszeile war, ist nicht mehr bekannt, deshalb bleibt {file} unberührt. Ändern Sie es von Hand.</translation>
        </message>
        <message>
            <source>{file} could not be read ({why}), so it is left alone.</source>
            <translation>{file} konnte nicht gelesen werden ({why}) und bleibt deshalb unberührt.</translation>
        </message>
        <message>
            <source>{file} is not text in UTF-8, so it is left alone.</source>
            <translation>{file} ist kein Text in UTF-8 und bleibt deshalb unberührt.</translation>
        </message>
        <message>
            <source>{file} is not the JSON that Claude Code writes, so it is left alone.</source>
            <translation>{file} ist nicht das JSON, das Claude Code schreibt, und bleibt deshalb unberührt.</translation>
        </message>
        <message>
            <source>{path} could not be written ({why}).</source>
            <translation>{path} konnte nicht geschrieben werden ({why}).</translation>
        </message>
        <message>
            <source>{file} is not an ordinary file, so it is left alone.</source>
            <translation>{file} ist keine gewöhnliche Datei und bleibt deshalb unberührt.</translation>
        </message>
        <message>
            <source>It has ended already.</source>
            <translation>Es ist schon beendet.</translation>
        </message>
        <message>
            <source>It could not be stopped: {error}.</source>
            <translation>Es ließ sich nicht beenden: {error}.</translation>
        </message>
        <message>
            <source>Windows cannot interrupt another program; it can only be terminated.</source>
            <translation>Windows kann ein anderes Programm nicht unterbrechen, nur beenden.</translation>
        </message>
        <message>
            <source>you may not</source>
            <translation>Sie dürfen das nicht</translation>
        </message>
        <message>
            <source>No window of the agent’s terminal was found.</source>
            <translation>Kein Fenster vom Terminal des Agenten wurde gefunden.</translation>
        </message>
        <message>
            <source>macOS did not allow it. Allow TokenWatch under Privacy &amp; Security, Accessibility.</source>
            <translation>macOS hat es nicht erlaubt. Erlauben Sie TokenWatch unter Datenschutz &amp; Sicherheit, Bedienungshilfen.</translation>
        </message>
        <message>
            <source>The agent has ended.</source>
            <translation>Der Agent ist beendet.</translation>
        </message>
        <message>
            <source>There is no graphical session here.</source>
            <translation>Hier gibt es keine grafische Sitzung.</translation>
        </message>
        <message>
            <source>Install xdotool or wmctrl to let TokenWatch bring windows forward.</source>
            <translation>Installieren Sie xdotool oder wmctrl, damit TokenWatch Fenster nach vorn holen kann.</translation>
        </message>
        <message>
            <source>Wayland lets no program bring another one’s window forward.</source>
            <translation>Wayland lässt kein Programm das Fenster eines anderen nach vorn holen.</translation>
        </message>
        <message>
            <source>Its pane in tmux was selected.</source>
            <translation>Sein Bereich in tmux wurde ausgewählt.</translation>
        </message>
        <message>
            <source>Windows let its button in the taskbar flash.</source>
            <translation>Windows lässt seinen Knopf in der Taskleiste blinken.</translation>
        </message>
    </context>
</TS>
