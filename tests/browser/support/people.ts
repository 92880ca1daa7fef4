// People before their screens. Whatever a page complains about is remembered and fails the test.
import { expect, type Browser, type BrowserContext, type CDPSession, type Page, type Worker } from "@playwright/test";

export const CITY = "Call Center 112 Kediri";
export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

/** Chromium itself logs every answer above 399; asking who is logged in is answered 401 to a stranger. */
const STRANGER = /401 .*\/api\/v1\/session$/;
/** Nobody answers while the server is dead. */
const UNREACHABLE = /ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|ERR_SOCKET|WebSocket connection to/;

export class Person {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #complaints: string[] = [];
  /** Whether the server may be gone at the moment. */
  expectOutage = false;
  /** The status of an answer that this person is about to be refused with. */
  expectRefusal: number | null = null;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on("pageerror", (error) => this.#complain(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.#complain(`${message.text()} ${message.location().url}`);
    });
    page.on("dialog", (dialog) => {
      this.#complain(`a dialog of the browser: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  static async arrive(browser: Browser, base: string, viewport = DESK): Promise<Person> {
    const phone = viewport.width < 760;
    const context = await browser.newContext({ baseURL: base, viewport, hasTouch: phone, isMobile: phone });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    return new Person(context, await context.newPage());
  }

  /** Comes to the city's screen: by the keyboard alone until the centre is chosen. */
  static async logIn(browser: Browser, base: string, user: string, viewport = DESK): Promise<Person> {
    const person = await Person.arrive(browser, base, viewport);
    await person.page.goto("/");
    await person.giveName(user);
    await expect(person.link).toHaveText("Tersambung");
    return person;
  }

  async giveName(user: string): Promise<void> {
    const { page } = this;
    await expect(page.getByLabel("Nama pengguna")).toBeFocused();
    await page.keyboard.type(user);
    await page.keyboard.press("Tab");
    await expect(page.getByLabel("Kata sandi")).toBeFocused();
    await page.keyboard.type("kentongan");
    await page.keyboard.press("Enter");
    // Demo accounts serve the city and its drill; the drill says so in its own words.
    const city = page.getByRole("button", { name: CITY }).filter({ hasNotText: "LATIHAN" });
    await city.focus();
    await page.keyboard.press("Enter");
  }

  get link() {
    return this.page.getByRole("status", { name: "Sambungan" });
  }

  /** What the person allows in their browser, e.g. `notifications`; the place is a phone's in the city. */
  async allow(...permissions: string[]): Promise<void> {
    await this.#context.grantPermissions(permissions);
  }

  async stand(latitude: number, longitude: number): Promise<void> {
    await this.#context.setGeolocation({ latitude, longitude, accuracy: 12 });
  }

  /** The browser itself, for what no page can do: to hand in what a push service would. */
  async browserItself(): Promise<CDPSession> {
    return this.#context.newCDPSession(this.page);
  }

  /** The page's service worker, once it is there. */
  async worker(): Promise<Worker> {
    return this.#context.serviceWorkers()[0] ?? this.#context.waitForEvent("serviceworker");
  }

  /** Nothing went wrong that nobody looked at. */
  expectQuiet(): void {
    expect(this.#complaints).toEqual([]);
  }

  async leave(): Promise<void> {
    this.expectQuiet();
    await this.#context.close();
  }

  #complain(words: string): void {
    if (STRANGER.test(words.replace(/.*status of /, ""))) return;
    if (this.expectRefusal !== null && words.includes(`a status of ${this.expectRefusal} `)) return;
    if (this.expectOutage && UNREACHABLE.test(words)) return;
    this.#complaints.push(words);
  }
}
