"""A phone's screen lock: virtual authenticators that keep their passkeys when the browser is killed.

The browser forgets its virtual authenticators with the process, and an exported passkey leaves its PRF secret behind.
So we note what every PRF evaluation gave, and play it back where the restored passkey gives none.
"""

OPTIONS = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
    "hasPrf": True,
}

REMEMBER_PRF = """
() => {
  const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes.buffer ?? bytes)));
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  const asked = (options, id) => {
    const prf = options?.publicKey?.extensions?.prf;
    return prf?.evalByCredential?.[id] ?? prf?.eval;
  };
  for (const verb of navigator.credentials ? ["create", "get"] : []) {
    const real = navigator.credentials[verb].bind(navigator.credentials);
    navigator.credentials[verb] = async (options) => {
      const credential = await real(options);
      const salts = credential && asked(options, credential.id);
      if (!salts) return credential;
      const results = credential.getClientExtensionResults();
      const given = results.prf?.results;
      const known = given ? {} : await window.knownPrf();
      const played = {};
      for (const which of ["first", "second"]) {
        if (!salts[which]) continue;
        const name = `${credential.id} ${text(salts[which])}`;
        if (given?.[which]) await window.rememberPrf(name, text(given[which]));
        else if (known[name]) played[which] = bytes(known[name]);
      }
      if (!given && played.first) {
        credential.getClientExtensionResults = () => ({ ...results, prf: { ...results.prf, results: played } });
      }
      return credential;
    };
  }
}
"""


class Passkeys:
    """The passkeys of one phone, kept here while browsers come and go; `options` change what its screen lock can do."""

    def __init__(self, **options):
        self.options = {**OPTIONS, **options}
        self.credentials = {}
        self.prf = {}
        self._attached = []

    def unlock(self, context):
        """Teach a new browser what PRF evaluations gave before."""
        self._attached = []
        context.expose_function("rememberPrf", self._remember)
        context.expose_function("knownPrf", lambda: self.prf)
        context.add_init_script(f"({REMEMBER_PRF})()")

    def attach(self, page):
        """Give a page an authenticator that holds every passkey of the phone."""
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable", {"enableUI": False})
        authenticator = session.send("WebAuthn.addVirtualAuthenticator", {"options": self.options})["authenticatorId"]
        for credential in self.credentials.values():
            session.send("WebAuthn.addCredential", {"authenticatorId": authenticator, "credential": credential})
        for event in ("credentialAdded", "credentialAsserted"):
            session.on(f"WebAuthn.{event}", self._note)
        self._attached.append((session, authenticator))

    def verify_user(self, verified):
        """Let the finger or the PIN be right or wrong from now on, on every open page."""
        for session, authenticator in self._attached:
            session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": verified})

    def held(self):
        """The ids of the passkeys that the screen lock of the page in front itself holds."""
        session, authenticator = self._attached[-1]
        found = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
        return [credential["credentialId"] for credential in found]

    def forget(self):
        """Delete every passkey, as a wiped phone has none."""
        self.credentials.clear()
        for session, authenticator in self._attached:
            session.send("WebAuthn.clearCredentials", {"authenticatorId": authenticator})

    def take_away(self, credential):
        """Delete one passkey, so that the phone's own screen offers the others only."""
        del self.credentials[credential]
        for session, authenticator in self._attached:
            session.send("WebAuthn.removeCredential", {"authenticatorId": authenticator, "credentialId": credential})

    def _remember(self, name, result):
        self.prf[name] = result

    def _note(self, event):
        self.credentials[event["credential"]["credentialId"]] = event["credential"]
