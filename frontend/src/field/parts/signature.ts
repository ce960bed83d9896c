// A pad to sign on with a finger. What is drawn stays in the canvas until the round is finished.
import { html, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { t } from "../core/text";

const WIDTH = 640;
const HEIGHT = 240;

export class SignaturePad {
  private canvas: HTMLCanvasElement | undefined;
  private isDrawing = false;
  private strokes = 0;
  private readonly hold = ref((element) => this.mount(element as HTMLCanvasElement | undefined));

  constructor(private readonly changed: () => void) {}

  get isEmpty(): boolean {
    return this.strokes === 0;
  }

  template(): TemplateResult {
    return html`<div class="signature">
      <canvas width=${WIDTH} height=${HEIGHT} aria-label=${t("Sign here")} ${this.hold}></canvas>
      <button type="button" class="quiet" ?disabled=${this.isEmpty} @click=${() => this.clear()}>${t("Clear")}</button>
    </div>`;
  }

  clear(): void {
    this.canvas?.getContext("2d")?.clearRect(0, 0, WIDTH, HEIGHT);
    this.strokes = 0;
    this.changed();
  }

  /** Ink on white, so that it can be read on any page it is put on. */
  picture(): Promise<Blob | null> {
    if (!this.canvas || this.isEmpty) return Promise.resolve(null);
    const sheet = document.createElement("canvas");
    sheet.width = WIDTH;
    sheet.height = HEIGHT;
    const pen = sheet.getContext("2d");
    if (!pen) return Promise.resolve(null);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.drawImage(this.canvas, 0, 0);
    return new Promise((done) => sheet.toBlob(done, "image/png"));
  }

  private mount(canvas: HTMLCanvasElement | undefined): void {
    if (!canvas || canvas === this.canvas) return;
    this.canvas = canvas;
    this.strokes = 0;
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => (this.isDrawing = false));
  }

  private begin(event: PointerEvent): void {
    this.canvas?.setPointerCapture(event.pointerId);
    const pen = this.pen();
    if (!pen) return;
    this.isDrawing = true;
    pen.beginPath();
    pen.moveTo(...this.at(event));
    this.strokes += 1;
    this.changed();
  }

  private move(event: PointerEvent): void {
    const pen = this.isDrawing ? this.pen() : null;
    if (!pen) return;
    pen.lineTo(...this.at(event));
    pen.stroke();
  }

  private pen(): CanvasRenderingContext2D | null {
    const pen = this.canvas?.getContext("2d") ?? null;
    if (pen) Object.assign(pen, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#16202e" });
    return pen;
  }

  private at(event: PointerEvent): [number, number] {
    const box = (this.canvas as HTMLCanvasElement).getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
  }
}
