// Lets NCALayer, the program of the National Certification Authority on the reader's computer, sign the document of a form.
//
// NCALayer listens on a WebSocket of this computer, greets with {"result": {"version": …}}, and answers a call of the method `sign` of
// its module kz.gov.pki.knca.basics with {"status": true, "body": {"result": …}}: one message or a list of them, PEM or base64. Without
// a result the reader has closed its window; with the status false something failed (https://sigex-kz.github.io/ncalayer-js-client/).

for (const box of document.querySelectorAll("[data-ncalayer]")) connect(box);

// How long the greeting may take, milliseconds; for choosing a key and typing its password there is no limit.
const GREETING = 5000;

function connect(box) {
  const { dataset } = box;
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  const field = box.closest("form").elements.signature_text;
  box.hidden = false;

  button.addEventListener("click", async () => {
    button.disabled = true;
    field.value = "";
    status.textContent = dataset.waiting;
    try {
      const data = await read(dataset.document);
      field.value = await sign(dataset.ncalayer, data, dataset.lang);
      status.textContent = dataset.signed;
    } catch (fault) {
      status.textContent = dataset[fault.cause] ?? dataset.refused;
    }
    button.disabled = false;
  });
}

/** The document in base64. */
async function read(address) {
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) throw new Error(`the document: ${answer.status}`, { cause: "refused" });
  let text = "";
  for (const byte of new Uint8Array(await answer.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The signature over data in base64. */
function sign(address, data, locale) {
  const args = {
    allowedStorages: null,
    format: "cms",
    data,
    signingParams: { decode: true, encapsulate: false, digested: false },
    // Keys for signing documents, not those for signing in.
    signerParams: { extKeyUsageOids: ["1.3.6.1.5.5.7.3.4"] },
    locale,
  };
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    const timer = setTimeout(() => end(reject, "unreachable"), GREETING);

    function end(settle, outcome) {
      clearTimeout(timer);
      socket.onclose = socket.onerror = socket.onmessage = null;
      socket.close();
      settle(settle === reject ? new Error(outcome, { cause: outcome }) : outcome);
    }

    socket.onclose = socket.onerror = () => end(reject, "unreachable");
    socket.onmessage = ({ data: text }) => {
      const message = parsed(text);
      if (message?.result?.version) {
        clearTimeout(timer);
        socket.send(JSON.stringify({ module: "kz.gov.pki.knca.basics", method: "sign", args }));
      } else if (message && "status" in message) {
        const result = [message.body?.result].flat()[0];
        if (!message.status) end(reject, "refused");
        else if (typeof result !== "string" || !result) end(reject, "canceled");
        else end(resolve, result);
      }
    };
  });
}

function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}
