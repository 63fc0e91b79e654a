package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Note;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.staff.customer.AddNote;
import io.vestibule.staff.customer.AskFor;
import io.vestibule.staff.customer.OrderHold;
import io.vestibule.staff.orders.Orders;
import io.vestibule.staff.page.CustomerView.Offered;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.web.Reply;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is done with a customer from their page. It is about all that is held of them, so it is for
 * roles that have to do with all of that.
 */
final class CustomerDeeds {

  /** What a page says that it was done. It opens nobody, as the customer's own page would. */
  private static final Set<String> DONE =
      Set.of("held", "lifted", "noted", "mailed", "asked", "waiting");

  private static final int LONGEST_GROUND = 500;
  private static final int LONGEST_NOTE = 2_000;
  private static final Pattern ONCE = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final int ONCE_BYTES = 16;

  private final OrderHold orderHold;
  private final AddNote addNote;
  private final AskFor askFor;
  private final StaffPages pages;
  private final SecureRandom random;

  CustomerDeeds(
      OrderHold orderHold, AddNote addNote, AskFor askFor, StaffPages pages, SecureRandom random) {
    this.orderHold = orderHold;
    this.addNote = addNote;
    this.askFor = askFor;
    this.pages = pages;
    this.random = random;
  }

  /** What somebody may do. */
  Offered offered(Visit visit) {
    return new Offered(
        visit.may(Right.COLLEAGUES),
        acting(visit, Right.HOLD).isPresent(),
        acting(visit, Right.NOTE).isPresent(),
        acting(visit, Right.ASK).isPresent(),
        once());
  }

  private String once() {
    var bytes = new byte[ONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Optional<Roles.Acting> acting(Visit visit, Right right) {
    return visit.acting(right).filter(it -> it.role().seesAll());
  }

  /** Does what was posted; empty if that is none of it, or not for this person. */
  Optional<Reply> run(Visit visit, String number, ObjectNode values) {
    if (values.has("ground")) {
      return acting(visit, Right.HOLD).map(it -> hold(visit, it, number, text(values, "ground")));
    }
    if (values.has("note")) {
      return acting(visit, Right.NOTE).map(it -> note(visit, it, number, values));
    }
    if (values.has("deed")) {
      return acting(visit, Right.ASK).map(it -> ask(visit, it, number, values));
    }
    return values.has("lift")
        ? acting(visit, Right.HOLD).map(it -> lift(visit, it, number))
        : Optional.empty();
  }

  private Reply note(Visit visit, Roles.Acting acting, String number, ObjectNode values) {
    var text = text(values, "note");
    var on = text(values, "on");
    var day = day(on);
    var once = text(values, "once");
    if (text.isEmpty()
        || text.length() > LONGEST_NOTE
        || day.isPresent() == on.isEmpty()
        || !ONCE.matcher(once).matches()) {
      return visit.message(pages, 400, "staff.note-refused");
    }
    var person = visit.session().in(acting.name());
    var note =
        new Note(
            day.isPresent() ? Note.PHONE : Note.PLAIN,
            day.orElse(null),
            text,
            acting.name(),
            person.subject(),
            visit.roles().namesInCopies() ? person.name() : null,
            Map.of());
    try {
      return switch (addNote.run(number, once, note, person, visit.invocation())) {
        case DONE -> leadTo(visit, number, "noted");
        case MISSING -> visit.message(pages, 404, "staff.missing");
        case FULL -> visit.message(pages, 409, "staff.notes-full");
        case ENOUGH -> visit.message(pages, 429, "staff.enough");
      };
    } catch (KnownCustomers.Unreadable e) {
      return visit.message(pages, 500, "staff.unreadable"); // The log has said whose.
    }
  }

  private Reply ask(Visit visit, Roles.Acting acting, String number, ObjectNode values) {
    var wish = wish(values);
    if (wish.isEmpty()) {
      return visit.message(pages, 400, "staff.ask-refused");
    }
    var person = visit.session().in(acting.name());
    return visit.ordered(
        pages,
        () ->
            switch (askFor.run(number, wish.get(), person, visit.invocation())) {
              case "unknown" -> visit.message(pages, 404, "staff.missing");
              case "day" -> visit.message(pages, 400, "staff.ask-refused");
              case "enough" -> visit.message(pages, 429, "staff.ask-enough");
              case "looks" -> visit.message(pages, 429, "staff.enough");
              case "mailed" -> leadTo(visit, number, "mailed");
              case "waiting" -> leadTo(visit, number, "waiting");
              case "entered" -> leadTo(visit, number, "asked");
              case "repeated" -> visit.message(pages, 409, "staff.ask-repeated");
              default -> visit.message(pages, 503, "staff.unclear");
            });
  }

  private static Optional<AskFor.Wish> wish(ObjectNode values) {
    var once = text(values, "once");
    return DataRequest.parse(text(values, "deed"))
        .flatMap(
            deed ->
                Behalf.Channel.parse(text(values, "channel"))
                    .flatMap(
                        channel ->
                            day(text(values, "received"))
                                .flatMap(
                                    day ->
                                        Behalf.Check.parse(text(values, "check"))
                                            .filter(_ -> ONCE.matcher(once).matches())
                                            .map(
                                                check ->
                                                    new AskFor.Wish(
                                                        once, deed, channel, day, check)))));
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Reply hold(Visit visit, Roles.Acting acting, String number, String ground) {
    if (ground.isEmpty() || ground.length() > LONGEST_GROUND) {
      return visit.message(pages, 400, "staff.ground");
    }
    return ordered(
        visit,
        number,
        "held",
        () -> orderHold.set(number, ground, visit.session().in(acting.name()), visit.invocation()));
  }

  private Reply lift(Visit visit, Roles.Acting acting, String number) {
    return ordered(
        visit,
        number,
        "lifted",
        () -> orderHold.lift(number, visit.session().in(acting.name()), visit.invocation()));
  }

  private interface Order {
    boolean give() throws Orders.Failed;
  }

  private Reply ordered(Visit visit, String number, String done, Order order) {
    return visit.ordered(
        pages,
        () ->
            order.give()
                ? leadTo(visit, number, done)
                : visit.message(pages, 404, "staff.missing"));
  }

  private Reply leadTo(Visit visit, String number, String done) {
    return Reply.seeOther(
        visit.page(pages, "", false).to(CustomerPage.PATH + number + "?done=" + done));
  }

  /** That something was done; empty if nobody asks. */
  Optional<Reply> done(Visit visit, String number) {
    return visit.request().query("done").filter(DONE::contains).map(it -> said(visit, number, it));
  }

  private Reply said(Visit visit, String number, String done) {
    var key = "staff.done." + done;
    var page = visit.page(pages, pages.language(visit.request()).text(key + ".title"), false);
    return pages.message(
        200,
        page,
        List.of(page.text(key + ".text")),
        page.to(CustomerPage.PATH + number),
        page.text("staff.customer.back"));
  }

  private static String text(ObjectNode values, String name) {
    return values.path(name).asText().strip();
  }
}
