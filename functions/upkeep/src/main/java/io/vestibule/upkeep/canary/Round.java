package io.vestibule.upkeep.canary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import java.net.URI;

/**
 * The whole way of one person, by a mailbox that is the canary's own: hands a form in, presses in
 * the mail, is stored, asks for erasure, presses again, and looks at the receipt.
 *
 * <p>It takes the next step, and never waits for one: whoever calls it again with the same name
 * goes on. Nothing is remembered, as each step is seen from outside: the door says which row a name
 * has, the row how far it is, and the mailbox has the link. So a step may be taken twice, and does
 * nothing then.
 */
record Round(
    HandIn form, HandIn privacy, RowStates rows, MailFolder folder, Door door, String mailbox) {

  private static final int OK = 200;

  /** How far it is. */
  sealed interface Outcome {

    /** All of it has been seen. */
    record Done() implements Outcome {}

    /**
     * It is on its way.
     *
     * @param to what is awaited, in our own words
     */
    record Waiting(String to) implements Outcome {}

    /** A person would not have got on. */
    record Failed(String what) implements Outcome {}
  }

  /** Takes the next step of a round. */
  Outcome go(String name) {
    var fields =
        entered()
            .put("name", "Canary")
            .put("message", "A test of the whole way: it is confirmed, and erased, by a program.");
    return switch (form.on("round|" + name, fields)) {
      case HandIn.Result.Refused(int status) ->
          new Outcome.Failed("its form was refused: " + status);
      case HandIn.Result.Accepted(var id) ->
          rows.of(id).equals(Status.DONE.name()) ? askForErasure(name, id) : onItsWay(id);
    };
  }

  private Outcome askForErasure(String name, RowId stored) {
    return switch (privacy.on("round|" + name, entered().put("kind", "erase"))) {
      case HandIn.Result.Refused(int status) ->
          new Outcome.Failed("its request was refused: " + status);
      case HandIn.Result.Accepted(var id) ->
          rows.of(id).equals(Status.DONE.name()) ? receipt(id, stored) : onItsWay(id);
    };
  }

  private ObjectNode entered() {
    return Json.MAPPER.createObjectNode().put("email", mailbox);
  }

  private Outcome onItsWay(RowId id) {
    String status = rows.of(id);
    return switch (status) {
      case "MAILED" -> folder.link(id).map(link -> press(id, link)).orElseGet(() -> noMail(id));
      case "PENDING", "MAILING" -> new Outcome.Waiting(id + " to be mailed");
      case "VERIFIED", "ERASING" -> new Outcome.Waiting(id + " to be done");
      default -> new Outcome.Failed("%s is %s".formatted(id, status));
    };
  }

  private Outcome press(RowId id, URI link) {
    var page = door.open(link);
    if (page.status() != OK || !page.body().contains("name=\"token\"")) {
      return new Outcome.Failed("the page of %s is none: %d".formatted(id, page.status()));
    }
    var pressed = door.press(link);
    return pressed.status() < 400 && pressed.status() > 0
        ? new Outcome.Waiting(id + " to be done")
        : new Outcome.Failed("the press of %s was refused: %d".formatted(id, pressed.status()));
  }

  /** Its mail stays, so that whoever asks again is told what was seen then, and nothing else. */
  private Outcome receipt(RowId id, RowId stored) {
    return folder.link(id).map(link -> receipt(id, stored, link)).orElseGet(() -> noMail(id));
  }

  private Outcome receipt(RowId id, RowId stored, URI link) {
    var page = door.open(link);
    if (page.status() != OK || !page.body().contains("/requests/%s/receipt.json".formatted(id))) {
      return new Outcome.Failed("no receipt of %s is shown: %d".formatted(id, page.status()));
    }
    folder.deleteMailsTo(stored);
    return new Outcome.Done();
  }

  private static Outcome noMail(RowId id) {
    return new Outcome.Waiting("the mail about " + id);
  }
}
