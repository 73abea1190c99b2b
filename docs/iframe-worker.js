// A page opened from a file may start no worker, and the search runs in one: here a hidden frame does its work.
// The offline plugin would take such a script from a server; the site shall need none.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      this.inside = frame.contentWindow;
      this.started = this.load(address);
      this.inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.inside.importScripts = (...addresses) =>
        addresses.reduce((before, next) => before.then(() => this.load(next)), Promise.resolve());
    }

    load(address) {
      const page = this.inside.document;
      const script = page.createElement("script");
      script.src = new URL(address, location.href).href;
      return new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = reject;
        page.body.append(script);
      });
    }

    postMessage(data) {
      const event = new this.inside.MessageEvent("message", { data });
      this.started.then(() => this.inside.dispatchEvent(event));
    }

    terminate() {
      this.inside.frameElement.remove();
    }
  };
}
