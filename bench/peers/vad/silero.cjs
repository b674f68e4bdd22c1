// Judges the windows of a recording one after the other with onnxruntime-node, as a server in Node would, and prints windows and processor seconds.
// node silero.cjs MODEL PCM16_FILE SECONDS
const fs = require("node:fs");
const ort = require("onnxruntime-node");

async function main([model, file, seconds]) {
  const pcm = fs.readFileSync(file);
  const windows = Math.floor(pcm.length / 2 / 512);
  // One thread: what a core does is asked for.
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const sr = new ort.Tensor("int64", BigInt64Array.of(16000n), []);
  const input = new Float32Array(64 + 512);
  let state = new ort.Tensor("float32", new Float32Array(256), [2, 1, 128]);
  let judged = 0, speech = 0;
  const step = async (index) => {
    input.copyWithin(0, 512);
    for (let i = 0; i < 512; i++) input[64 + i] = pcm.readInt16LE(2 * (index * 512 + i)) / 32768;
    const out = await session.run({ input: new ort.Tensor("float32", input, [1, 576]), state, sr });
    state = out.stateN;
    return out.output.data[0];
  };
  for (let i = 0; i < 500; i++) await step(i % windows);
  process.stdout.write("ready\n");
  const began = process.cpuUsage();
  const until = Date.now() + 1000 * Number(seconds);
  while (Date.now() < until) {
    if (await step(judged++ % windows) >= 0.5) speech++;
  }
  const used = process.cpuUsage(began);
  process.stdout.write(JSON.stringify({ windows: judged, speech, cpu_s: (used.user + used.system) / 1e6 }) + "\n");
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
