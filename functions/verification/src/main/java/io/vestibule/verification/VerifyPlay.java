package io.vestibule.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Asked;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Form;
import io.vestibule.store.rehearsal.Rehearsal;
import io.vestibule.web.Links;
import io.vestibule.web.Visit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people do with their links: for each form one is looked at, pressed, and asked for once
 * more; so is one of a request, and one is asked for what it has led to. The token and the ids are
 * those of nobody: all zeros, but for a count.
 */
record VerifyPlay(LinkTexts texts) implements Rehearsal.Play {

  private static final String LINK = "/verify/{id}";
  private static final String REQUEST = "/requests/{id}";
  private static final Clock STANDING = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final Instant LATER = Instant.EPOCH.plusSeconds(1);
  private static final LinkToken TOKEN = LinkToken.of(new byte[32]);
  private static final String PRESS = "_lang=en&token=" + TOKEN.text();
  private static final DataRequest ERASE =
      new DataRequest(DataRequest.Kind.ERASE, Optional.empty());

  private static final RowId ASKED = id(Destination.DELETION, 0);
  private static final RowId PRESSED = id(Destination.DELETION, 1);

  @Override
  public Map<String, ObjectNode> rows() {
    var rows = new HashMap<String, ObjectNode>();
    var forms = confirmed();
    for (int i = 0; i < forms.size(); i++) {
      var row = row(forms.get(i), Status.MAILED, Optional.empty());
      rows.put(id(Destination.STORAGE, i).value(), row);
    }
    texts
        .forms()
        .find(Form.PRIVACY)
        .ifPresent(
            privacy -> {
              rows.put(ASKED.value(), row(privacy, Status.MAILED, Optional.of(ERASE)));
              rows.put(PRESSED.value(), row(privacy, Status.ERASING, Optional.of(ERASE)));
            });
    return rows;
  }

  /** The forms that are confirmed by a link of their own. */
  private List<Form> confirmed() {
    return texts.forms().all().stream()
        .filter(form -> form.confirmed() == Destination.STORAGE)
        .toList();
  }

  private static ObjectNode row(Form form, Status status, Optional<DataRequest> deed) {
    var consents = new TreeMap<String, String>();
    form.consents().forEach((name, consent) -> consents.put(name, consent.version()));
    var fields = List.copyOf(new TreeMap<>(form.fields()).keySet());
    var row = Json.MAPPER.createObjectNode();
    row.putObject("form").put("S", form.name());
    row.putObject("status").put("S", status.name());
    row.putObject("tokenHash").put("B", TOKEN.hash());
    row.putObject("linkNo").put("N", "1");
    row.putObject("linkExpiresAt").put("S", Timestamp.of(LATER));
    row.putObject("expiresAt").put("N", Long.toString(LATER.getEpochSecond()));
    row.putObject("asked").put("S", new Asked(Instant.EPOCH, "en", fields, consents, deed).text());
    deed.ifPresent(it -> row.putObject("kind").put("S", it.kind().code()));
    return row;
  }

  private static RowId id(Destination destination, int number) {
    return RowId.of(destination, ByteBuffer.allocate(16).putInt(number).array());
  }

  @Override
  public void act(Env env) throws IOException {
    var handler = new VerifyHandler(env, STANDING, texts);
    var forms = confirmed();
    for (int i = 0; i < forms.size(); i++) {
      confirm(handler, id(Destination.STORAGE, i), forms.get(i).name());
    }
    request(handler);
    Visit.get(Links.RECEIPT_KEY, Map.of(), "*/*").by(handler::answer);
  }

  private static void confirm(VerifyHandler handler, RowId id, String form) throws IOException {
    var link = Map.of("id", id.value());
    look(LINK, link).by(handler::answer);
    Visit.form(LINK, link, PRESS).by(handler::answer);
    Visit.form(LINK + "/resend", link, "_lang=en").by(handler::answer, 200);
    Visit.get(LINK, Map.of("id", "confirmed"), Visit.PAGE)
        .asking(Map.of("form", form, "lang", "en"))
        .by(handler::answer);
    Visit.get(LINK, link, Visit.PAGE).by(handler::answer, 410);
  }

  private static void request(VerifyHandler handler) throws IOException {
    var asked = Map.of("id", ASKED.value());
    look(REQUEST, asked).by(handler::answer, 200);
    Visit.form(REQUEST, asked, PRESS).by(handler::answer, 303);
    var pressed = Map.of("id", PRESSED.value());
    look(REQUEST, pressed).by(handler::answer, 200);
    look(REQUEST + "/receipt.json", pressed).by(handler::answer);
  }

  private static Visit look(String route, Map<String, String> parameters) {
    return Visit.get(route, parameters, Visit.PAGE)
        .asking(Map.of("token", TOKEN.text(), "lang", "en"));
  }
}
