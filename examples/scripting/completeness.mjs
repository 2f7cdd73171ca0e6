// completeness.mjs DATABASE [WORST]: how full the cards of active clients are, by manager, and what they lack; the WORST (10) cards last.
import { open, CrmError } from '../../bindings/typescript/index.js';

/** The name of the main manager of every company that has one. */
function managersOf(db) {
  const assignments = db.select({
    entity: 'assignment',
    columns: ['company_id', 'user.last_name', 'user.first_name', 'user.dismissed'],
    where: { all: [{ field: 'role', value: 'main' }, { field: 'to_date', op: 'is_null' }] },
  });
  const name = (row) => `${row.userLastName} ${row.userFirstName ?? ''}${row.userDismissed ? ' (dismissed)' : ''}`;
  return new Map(Array.from(assignments, (row) => [row.companyId, name(row)]));
}

/** Every active client with its manager, score and what is missing. */
function cardsOf(db) {
  const managers = managersOf(db);
  const companies = db.select({ entity: 'company', columns: ['id', 'name'], where: { field: 'status', value: 'active' } });
  return Array.from(companies, ({ id, name }) => ({ name, manager: managers.get(id) ?? '(no manager)', ...db.completeness(id) }));
}

const right = (value, width) => String(value).padStart(width);
const mean = (cards) => cards.reduce((sum, card) => sum + card.score, 0) / cards.length;
const poor = (cards) => cards.filter((card) => !card.enough).length;

function report(cards, worst) {
  if (cards.length === 0) return console.log('no active clients');
  console.log(`${cards.length} active clients, ${mean(cards).toFixed(1)} of 100 on average, ${poor(cards)} below the threshold`);

  console.log('\naverage  cards  below  manager');
  const managers = [...new Set(cards.map((card) => card.manager))].map((name) => ({ name, cards: cards.filter((card) => card.manager === name) }));
  for (const of of managers.sort((a, b) => mean(a.cards) - mean(b.cards)))
    console.log(`${right(mean(of.cards).toFixed(1), 7)}  ${right(of.cards.length, 5)}  ${right(poor(of.cards), 5)}  ${of.name}`);

  console.log('\nlacked by');
  const lacks = new Map();
  for (const { text } of cards.flatMap((card) => card.missing)) lacks.set(text, (lacks.get(text) ?? 0) + 1);
  for (const [text, count] of [...lacks].sort(([, a], [, b]) => b - a))
    console.log(`${right(count, 7)}  ${right(((100 * count) / cards.length).toFixed(0), 3)} %  ${text}`);

  console.log('\n  score  card');
  for (const card of cards.toSorted((a, b) => a.score - b.score).slice(0, worst))
    console.log(`${right(card.score, 7)}  ${card.name}: ${card.missing.map((m) => m.text).join('; ')}`);
}

const [database, worst = '10'] = process.argv.slice(2);
if (!database) {
  console.error('usage: node completeness.mjs DATABASE [WORST]');
  process.exit(2);
}
try {
  const db = open(database, { createFile: false });
  report(cardsOf(db), Number(worst));
  db.close();
} catch (error) {
  if (!(error instanceof CrmError)) throw error;
  console.error(error.message);
  process.exit(1);
}
