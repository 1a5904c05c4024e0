// nodemailer's pool, each message built from its parts; prints the seconds from the first `sendMail` to the last reply.
const nodemailer = require("nodemailer");
const { readFileSync } = require("node:fs");

const [port, count, connections] = process.argv.slice(2).map(Number);
const text = readFileSync(0, "utf8").split("\r\n\r\n").slice(1).join("\r\n\r\n");
const pool = nodemailer.createTransport({
  host: "127.0.0.1", port, secure: false, ignoreTLS: true, pool: true, maxConnections: connections, maxMessages: Infinity,
});

async function main() {
  const start = process.hrtime.bigint();
  const message = (number) => ({
    from: "Dana Ruiz <dana@north.example>",
    to: `C${number} Weber <c${number}@acme.example>`,
    subject: `Carts after nine, C${number}`,
    text,
  });
  await Promise.all(Array.from({ length: count }, (_, number) => pool.sendMail(message(number))));
  console.log(Number(process.hrtime.bigint() - start) / 1e9);
  pool.close();
}

main();
