// Says whether the npm library of Standard Webhooks takes a call for ours: {secret, headers, body} on stdin.
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';

const { secret, headers, body } = JSON.parse(readFileSync(0, 'utf8'));
try {
	new Webhook(secret).verify(body, headers);
	console.log('genuine');
} catch (error) {
	console.log(`refused: ${error.message}`);
}
