// A push service and the browsers behind it: checks who sends (VAPID) and decrypts as a browser does.
// Prints its port; stops when its standard input ends.
const net = require('node:net');
const Server = require('web-push-testing/src/server.js');
const { PushApiModel } = require('web-push-testing/src/PushApiModel.js');

const probe = net.createServer().listen(0, '127.0.0.1', () => {
	const { port } = probe.address();
	probe.close(() => {
		const server = new Server(new PushApiModel(), port);
		server.startServer();
		server._server.on('listening', () => process.stdout.write(`port ${port}\n`));
	});
});
process.stdin.resume().on('end', () => process.exit(0));
