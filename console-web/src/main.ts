import { mount } from "svelte";
import App from "./App.svelte";
import { restoreLanguage } from "./texts/texts.svelte";
import "./theme/dark.css";
import "./theme/base.css";

const target = document.getElementById("app");
if (target !== null) {
  await restoreLanguage();
  mount(App, { target });
}
