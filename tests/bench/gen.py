#!/usr/bin/python3
"""Deterministic workload generator: gen.py OUTDIR [EVENTS] [COMPANIES].
Writes '|'-separated CSV files (no header, no quoting needed) + job parameters, so that every
contender loads and asks exactly the same things.  States: 1 planned 2 done 3 postponed
4 cancelled 5 rescheduled.  Overdue is not stored: an open event
(planned or rescheduled) whose end has passed is overdue. Types: 1 call 2 meeting 3 presentation 4 offer 5 sale.
Search keys and patterns have ё as е: both programs are asked the same question (C12)."""
import sys, os, random, datetime, calendar
out = sys.argv[1]; E = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
N = int(sys.argv[3]) if len(sys.argv) > 3 else max(100, E // 10)
U = min(500, max(10, N // 200)); P, S, A, V, M = 40, 12, 4, 6, 24
os.makedirs(out, exist_ok=True)
R = random.Random(20240101 + E * 7 + N); rnd = R.random; rb = R.getrandbits
T0 = calendar.timegm((2024, 1, 1, 0, 0, 0)); DAYS = 731
months = [calendar.timegm((2024 + m // 12, m % 12 + 1, 1, 0, 0, 0)) for m in range(M + 1)]
NOW = months[20]
def inn10():  # a valid ИНН of Novosibirsk region: nine digits and their check digit
    b = f'54{rb(29) % 10000000:07d}'; return b + str(sum(int(d) * w for d, w in zip(b, (2, 4, 10, 3, 5, 9, 4, 6, 8))) % 11 % 10)
def f(name): return open(os.path.join(out, name), 'w', encoding='utf-8', buffering=1 << 20)
first = 'Иван Пётр Анна Ольга Сергей Мария Алексей Елена Дмитрий Наталья Андрей Ирина Николай Татьяна Юрий Светлана'.split()
last = [a + b for a in 'Иван Петр Сидор Кузнец Смирн Попов Волк Зайц Новик Морозн Лебед Козл Степан Никол Орл Андре Макар Захар Белов Тарас Громов Фёдор Жук Щерб'.split() for b in ('ов', 'ёв', 'ский', 'енко', 'ин', 'ук', 'ян', 'ец')]
mid = 'Иванович Петрович Сергеевна Андреевна Николаевич Юрьевна Алексеевич Дмитриевна'.split()
w1 = 'Сиб Урал Север Вектор Альфа Прод Торг Строй Мед Агро Техно Инвест Транс Энерго Хим Лес Метал Гор Дом Евро'.split()
w2 = 'снаб торг строй сервис маркет групп ресурс пром логистик центр софт трейд банк фуд авто мебель'.split()
city = 'Новосибирск Томск Омск Барнаул Кемерово Москва Казань Пермь Тюмень Иркутск'.split()
street = 'Ленина Мира Советская Кирова Гоголя Садовая Титова Большевистская Фрунзе Зорге'.split()
pos = 'Директор Бухгалтер Закупщик Менеджер Инженер Секретарь'.split()
lat = 'ivanov petrov sidor kuzn smir popov volk zaj novik moroz lebed kozlov stepan orlov makar zahar belov taras grom zhuk'.split()
goal = ['Обсудить условия поставки', 'Презентация нового продукта', 'Согласовать договор', 'Уточнить потребности клиента', 'Позвонить по оплате счёта', 'Продлить лицензию', 'Выезд на объект и замер', 'Отправить коммерческое предложение']
res = ['Договорились о встрече', 'Клиент запросил скидку', 'Подписан договор', 'Нужно перезвонить через неделю', 'Отказ по цене', 'Оплата ожидается', 'Передано в отдел внедрения', '']
with f('sphere.csv') as o: [o.write(f'{i}|Сфера {i}\n') for i in range(1, S + 1)]
with f('product.csv') as o: [o.write(f'{i}|Продукт {i}\n') for i in range(1, P + 1)]
with f('user.csv') as o: [o.write(f'{i}|{R.choice(last)} {R.choice(first)} {R.choice(mid)}|{1 + (i - 1) // 10}\n') for i in range(1, U + 1)]
with f('attr.csv') as o: [o.write(f'{i}|Характеристика {i}\n') for i in range(1, A + 1)]
with f('attr_value.csv') as o: [o.write(f'{(a - 1) * V + v}|{a}|Значение {a}.{v}\n') for a in range(1, A + 1) for v in range(1, V + 1)]
mgr = [None] * (N + 1); samples = []
with f('company.csv') as oc, f('company_sphere.csv') as os_, f('company_manager.csv') as om, f('legal_entity.csv') as ol, f('employee.csv') as oe, f('company_attr.csv') as oa:
    le = 0
    for c in range(1, N + 1):
        nm = f'{R.choice(w1)}{R.choice(w2)}-{c}'; inn = inn10()
        oc.write(f'{c}|ООО {nm}|{inn}|г. {R.choice(city)}, ул. {R.choice(street)}, д. {1 + rb(7)}|{T0 - rb(26)}\n')
        for s in sorted(R.sample(range(1, S + 1), 1 + int(rnd() * 3))): os_.write(f'{c}|{s}\n')
        ms = sorted(R.sample(range(1, U + 1), 1 + (rnd() < .4))); mgr[c] = ms
        for m in ms: om.write(f'{c}|{m}\n')
        for _ in range(1 + (rnd() < .3)): le += 1; ol.write(f'{le}|{c}|ЮЛ {nm} {le}|{inn10()}|540{rb(19):06d}\n')
        for k in (0, 1):
            e = 2 * c - 1 + k; n = f'{R.choice(last)} {R.choice(first)} {R.choice(mid)}'
            d = f'7{3830000000 + rb(23) + rb(20):010d}'; em = f'{R.choice(lat)}{rb(14)}@{R.choice(lat)}{c % 977}.ru'
            key = n.lower().replace('ё', 'е')
            srch = f'{key} {d} {em}'
            oe.write(f'{e}|{c}|{n}|{R.choice(pos)}|{d}|{em}|{srch}\n')
            if len(samples) < 20000 or rnd() < .05: samples.append((key, d, em))
        for a in R.sample(range(1, A + 1), 3): oa.write(f'{c}|{a}|{(a - 1) * V + 1 + int(rnd() * V)}\n')
org = [(p, s) for p in range(1, P + 1) for s in range(1, S + 1) if rnd() < .4]
with f('org_matrix.csv') as o: [o.write(f'{p}|{s}\n') for p, s in org]
with f('user_matrix.csv') as o: [o.write(f'{u}|{p}|{s}\n') for u in range(1, U + 1) for p, s in org if rnd() < .35]
with f('plan.csv') as o:
    for u in range(1, U + 1):
        for p in range(1, P + 1):
            for m in range(M): o.write(f'{u}|{p}|{m}|{rb(4)}|{rb(17)}\n')
tyc = [1] * 40 + [2] * 25 + [3] * 15 + [4] * 12 + [5] * 8
past = [2] * 85 + [4] * 8 + [3] * 4 + [5] * 1 + [1] * 2
futu = [1] * 95 + [4] * 5
prc = [1] * 6 + [2] * 2 + [3, 4]
def ev(i, frac):
    c = 1 + int(N * rnd() ** 1.7); ms = mgr[c]
    x = ms[0] if rnd() < .7 else ms[-1] if rnd() < .7 else 1 + int(U * rnd())
    d = int(frac * DAYS) + int(rnd() * 31) - 15
    if d < 0: d = 0
    if d >= DAYS: d = DAYS - 1
    st = T0 + d * 86400 + 9 * 3600 + rb(5) * 900; en = st + 1800 * (1 + rb(2))
    state = past[int(rnd() * 100)] if st < NOW else futu[int(rnd() * 100)]
    r = res[rb(3)] if state == 2 else ''
    return f'{i}|{c}|{1 + int(P * rnd() ** 1.4)}|{x}|{1 + int(U * rnd())}|{tyc[int(rnd() * 100)]}|{state}|{prc[int(rnd() * 10)]}|{st}|{en}|{goal[rb(3)]} №{i % 9973}|{r}|{2 * c - 1 + rb(1)}\n'
with f('event.csv') as o:
    for i in range(1, E + 1): o.write(ev(i, (i - 1) / E))
with f('new_event.csv') as o:
    for i in range(E + 1, E + 1001): o.write(ev(i, 20 / 24))
with f('payment.csv') as o:
    for i in range(1, E // 5 + 1):
        c = 1 + int(N * rnd() ** 1.7)
        o.write(f'{i}|{c}|{1 + int(P * rnd() ** 1.4)}|{mgr[c][0]}|{T0 + int((i - 1) / (E // 5) * 20 / 24 * DAYS) * 86400 + rb(16)}|{1000 + rb(18)}\n')
with f('p_card.csv') as o: [o.write(f'{1 + int(N * rnd() ** 1.7)}\n') for _ in range(1000)]
with f('p_cal.csv') as o:
    for _ in range(500): m = int(rnd() * M); o.write(f'{1 + int(U * rnd())}|{months[m]}|{months[m + 1]}\n')
with f('p_filter.csv') as o:
    for _ in range(200):
        m = int(rnd() * 9); a = 1 + int(rnd() * A)
        o.write(f'{tyc[int(rnd() * 100)]}|2|{months[m]}|{months[m + 12]}|{1 + int(rnd() * S)}|{a}|{(a - 1) * V + 1 + int(rnd() * V)}|{int(rnd() * 4)}\n')
with f('p_funnel.csv') as o: [o.write(f'{m}|{m + 6}|{months[m]}|{months[m + 6]}\n') for m in range(3, 13)]
with f('p_planfact.csv') as o: [o.write(f'{m}|{months[m]}|{months[m + 1]}\n') for m in range(6, 16)]
with f('p_now.csv') as o: o.write(f'{NOW}\n')
with f('p_search.csv') as o:
    for k in range(200):
        s = R.choice(samples)[k % 3]; L = 4 + int(rnd() * 4)
        st = int(rnd() * (len(s) - L)) if k % 3 != 1 else 4
        p = s[st:st + L].strip()
        o.write(f'{p if len(p) >= 3 else s[:4]}\n')
with f('meta.csv') as o: o.write(f'{N}|{E}|{U}|{P}|{S}\n')
