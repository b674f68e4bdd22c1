// Portkey listens on every interface and has no option for it; a benchmark's gateway must not be open to the network.
const { Server } = require('node:net');

const { listen } = Server.prototype;
Server.prototype.listen = function (port, hostname, ...rest) {
  return typeof port === 'number' ? listen.call(this, port, '127.0.0.1', ...rest) : listen.call(this, port, hostname, ...rest);
};
