import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";

// Read codes with the camera. The reader (a megabyte of WebAssembly) is loaded when somebody scans for the first time.
const PAUSE_MS = 120;
const AFTER_MS = 3_000;
const SIDE = 640;

export type Stop = () => void;

export interface Eye {
  stop: Stop;
  /** Switches the lamp of the phone, where it has one that a page may use. */
  lamp: ((isOn: boolean) => Promise<void>) | null;
}

export async function scan(video: HTMLVideoElement, found: (text: string) => void): Promise<Eye> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
  video.srcObject = stream;
  await video.play();
  const { prepareZXingModule, readBarcodes } = await import("zxing-wasm/reader");
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  let isRunning = true;
  const look = async (): Promise<void> => {
    if (!isRunning || !pen) return;
    if (video.videoWidth) {
      const codes = await readBarcodes(frameOf(video, canvas, pen), { formats: ["QRCode", "DataMatrix", "Code128"], tryHarder: true });
      const text = codes.find((code) => code.isValid)?.text;
      if (text && isRunning) found(text);
      // A code that led nowhere is still before the camera: leave time to move on to the next one.
      if (text) return void setTimeout(() => void look(), AFTER_MS);
    }
    setTimeout(() => void look(), PAUSE_MS);
  };
  void look();
  const stop = (): void => {
    isRunning = false;
    for (const track of stream.getTracks()) track.stop();
  };
  return { stop, lamp: lampOf(stream.getVideoTracks()[0]) };
}

function lampOf(track: MediaStreamTrack | undefined): Eye["lamp"] {
  const can = track?.getCapabilities?.() as { torch?: boolean } | undefined;
  if (!track || !can?.torch) return null;
  return (isOn) => track.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] });
}

interface TagReader {
  scan(options: { signal: AbortSignal }): Promise<void>;
  onreading: ((event: { serialNumber: string; message: { records: { recordType: string; data?: DataView }[] } }) => void) | null;
}

type TagWindow = Window & { NDEFReader?: new () => TagReader };

export function hasTags(): boolean {
  return "NDEFReader" in window;
}

export async function readTag(found: (text: string) => void): Promise<Stop> {
  const Reader = (window as TagWindow).NDEFReader;
  if (!Reader) return () => undefined;
  const reader = new Reader();
  const stop = new AbortController();
  reader.onreading = ({ serialNumber, message }) => {
    const written = message.records.find((record) => record.data && ["text", "url"].includes(record.recordType));
    found(written?.data ? new TextDecoder().decode(written.data) : serialNumber);
  };
  await reader.scan({ signal: stop.signal });
  return () => stop.abort();
}

function frameOf(video: HTMLVideoElement, canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D): ImageData {
  const scale = Math.min(1, SIDE / Math.min(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
