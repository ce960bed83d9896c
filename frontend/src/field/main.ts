import "./style/main.scss";
import { render } from "lit-html";
import { FieldDatabase, PhoneDatabase } from "./core/db";
import { speak, t, type Language } from "./core/text";
import { askToKeep, install } from "./install";
import { route, startRouting } from "./router";
import { redraw, setScreen } from "./screen";
import { askSession } from "./session";
import { freshState, load, type Facts, type State } from "./state";
import { startSync, touched } from "./syncing";
import { wear } from "./theme";
import { view } from "./view";

const root = document.getElementById("app") as HTMLElement;

function given<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "{}") as T;
}

async function whose(phone: PhoneDatabase): Promise<string> {
  const session = await askSession();
  if (typeof session !== "string") await phone.facts.put({ key: "person", value: session.person });
  return phone.text("person");
}

async function start(): Promise<void> {
  wear();
  const chosen = localStorage.getItem("duban-field-language") ?? document.documentElement.lang;
  const language: Language = chosen === "en" ? "en" : "zh-hans";
  document.documentElement.lang = language;
  speak(language, given("field-texts"));
  const phone = new PhoneDatabase();
  const person = await whose(phone);
  if (!person) return say(t("Sign in once with a connection; after that the app works without."));
  const database = new FieldDatabase(person);
  const state: State = freshState(given<Facts>("field-facts"), person, database, () => void touched(state));
  state.device = await phone.settled("device", crypto.randomUUID());
  await load(state);
  setScreen(
    () => render(view(state, route()), root),
    (toast) => (state.toast = toast),
  );
  startRouting();
  root.replaceChildren();
  redraw();
  startSync(state);
  await Promise.all([install(state), askToKeep(state)]);
}

function say(text: string): void {
  const line = document.createElement("p");
  line.className = "boot";
  line.textContent = text;
  const link = document.createElement("a");
  link.href = "/accounts/login/?next=/field/";
  link.textContent = t("Sign in");
  line.append(document.createElement("br"), link);
  root.replaceChildren(line);
}

start().catch((error: unknown) => {
  console.warn(error);
  say(t("The app cannot keep data in this browser. Leave private mode, or use another browser."));
});
