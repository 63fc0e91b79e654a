package io.vestibule.staff.page;

import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Target;
import io.vestibule.staff.customer.SeenCustomer;
import io.vestibule.store.audit.StaffLooks.Look;
import io.vestibule.store.people.Entries.Summary;
import io.vestibule.store.people.Recipients.Asked;
import io.vestibule.store.people.Recipients.Recipient;
import io.vestibule.web.FormNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in the language of a page what is known of a customer. */
public final class CustomerWords {

  private static final String TIME = "staff.time";

  private final Forms forms;

  public CustomerWords(Forms forms) {
    this.forms = forms;
  }

  /**
   * A customer in words.
   *
   * @param offered what whoever sees it may do
   * @param reasons for which whoever sees it may see more
   */
  public CustomerView of(
      SeenCustomer customer, StaffPage page, CustomerView.Offered offered, List<String> reasons) {
    var names = new FormNames(forms, page.page().wording().language());
    return new CustomerView(
        facts(customer, page),
        customer.values().stream().map(it -> value(it, page, names)).toList(),
        customer.consents().stream().map(it -> consent(it, page, names)).toList(),
        customer.entries().stream().map(it -> entry(it, page, names)).toList(),
        customer.moreEntries(),
        customer.passedOn().stream().map(it -> passedOn(it, page, names)).toList(),
        customer.looks().stream().map(it -> look(it, page, offered.colleagues())).toList(),
        customer.notes().stream().map(it -> note(it, page, offered.colleagues())).toList(),
        customer.moreNotes(),
        customer.hold().map(it -> hold(it, page)).orElse(""),
        customer.address().map(it -> MailTo.of(it, subject(customer, names))).orElse(""),
        customer.masked() ? reasons.stream().map(it -> reason(it, page)).toList() : List.of(),
        customer.masked(),
        offered,
        asks(page, names));
  }

  /** The purposes are those of the form by which people ask themselves. */
  private CustomerView.Asks asks(StaffPage page, FormNames names) {
    var purposes =
        forms.find(Form.PRIVACY).stream()
            .flatMap(it -> it.purposes().stream())
            .map(it -> DataRequest.of(Kind.WITHDRAW, Optional.of(it)))
            .map(it -> new EntryView.Choice(it.code(), withdrawal(it, page, names)));
    return new CustomerView.Asks(
        Stream.of(Stream.of(deed(Kind.ACCESS, page)), purposes, Stream.of(deed(Kind.ERASE, page)))
            .flatMap(it -> it)
            .toList(),
        Stream.of(Behalf.Channel.values())
            .map(it -> new EntryView.Choice(it.code(), page.text("staff.channel." + it.code())))
            .toList(),
        Stream.of(Behalf.Check.values())
            .map(it -> new EntryView.Choice(it.code(), page.text("staff.check." + it.code())))
            .toList());
  }

  private static EntryView.Choice deed(Kind kind, StaffPage page) {
    return new EntryView.Choice(kind.code(), page.text("staff.asks." + kind.code()));
  }

  private static String withdrawal(DataRequest asked, StaffPage page, FormNames names) {
    var purpose = asked.purpose().orElse(DataRequest.ALL_PURPOSES);
    return page.text("staff.asks.withdraw") + ": " + names.purpose(purpose);
  }

  private static List<CustomerView.Line> facts(SeenCustomer customer, StaffPage page) {
    var facts = new ArrayList<CustomerView.Line>();
    facts.add(new CustomerView.Line(page.text("staff.customer.number"), customer.number(), ""));
    facts.add(
        new CustomerView.Line(
            page.text("staff.customer.since"), page.page().time(customer.since()), ""));
    facts.add(
        new CustomerView.Line(
            page.text("staff.customer.confirmed"), page.page().time(customer.confirmedAt()), ""));
    return List.copyOf(facts);
  }

  private static CustomerView.Line value(
      SeenCustomer.Value value, StaffPage page, FormNames names) {
    var field = names.field(value.form(), value.field());
    var name =
        value.isFormer()
            ? page.page().text("staff.customer.former", Map.of("field", field))
            : field;
    var about = from(names.form(value.form()), value.at(), page);
    return new CustomerView.Line(
        name, value.text(), value.source().isEmpty() ? about : about + " · " + value.source());
  }

  private CustomerView.Agreed consent(
      SeenCustomer.Agreed consent, StaffPage page, FormNames names) {
    var name =
        forms
            .find(consent.form())
            .flatMap(it -> it.purpose(consent.name()))
            .map(names::purpose)
            .orElse(consent.name());
    var state = page.text(consent.stands() ? "staff.stands" : "staff.withdrawn");
    var about =
        "%s %s · %s"
            .formatted(
                state, from(names.form(consent.form()), consent.at(), page), consent.version());
    return new CustomerView.Agreed(name, consent.words(), consent.language(), about);
  }

  private static CustomerView.Entry entry(Summary entry, StaffPage page, FormNames names) {
    return new CustomerView.Entry(
        entry.entryId().number().value(),
        names.form(entry.form()),
        page.page().time(entry.entryId().receivedAt(), TIME),
        Stream.concat(
                Stream.of(page.text("staff.state." + entry.state().code())),
                entry.tags().stream().sorted().map(page::tag))
            .collect(Collectors.joining(" · ")),
        page.to("/staff/entries/" + entry.entryId()));
  }

  private static CustomerView.Line passedOn(Recipient told, StaffPage page, FormNames names) {
    var name =
        told.target().equals(Target.STAFF)
            ? page.text("receipt.passed.staff")
            : told.target() + (told.country().isEmpty() ? "" : " (" + told.country() + ")");
    var fields =
        told.fields().stream().sorted().map(names::field).collect(Collectors.joining(", "));
    var about = new ArrayList<String>();
    told.since().map(it -> said("staff.told.since", it, page)).ifPresent(about::add);
    answer("staff.told.erase", told.erasure(), page).ifPresent(about::add);
    answer("staff.told.withdraw", told.withdrawal(), page).ifPresent(about::add);
    return new CustomerView.Line(
        name, fields.isEmpty() ? page.text("staff.told.thin") : fields, String.join(" ", about));
  }

  private static Optional<String> answer(String key, Asked asked, StaffPage page) {
    var what = asked.answeredAt().isPresent() ? key + ".answered" : key + ".asked";
    return asked.answeredAt().or(asked::at).map(it -> said(what, it, page));
  }

  private static String said(String key, Instant at, StaffPage page) {
    return page.page().text(key, Map.of("time", page.page().time(at, TIME)));
  }

  private static CustomerView.Look look(Look look, StaffPage page, boolean showsColleagues) {
    return new CustomerView.Look(
        page.page().time(look.at(), TIME),
        look.role(),
        page.page()
            .wording()
            .messages()
            .getOrDefault("staff.reason." + look.reason(), look.reason()),
        showsColleagues ? look.who() : "");
  }

  private static CustomerView.Line note(
      SeenCustomer.Noted note, StaffPage page, boolean showsColleagues) {
    var who = showsColleagues ? note.role() + " · " + note.by() : note.role();
    var reached =
        note.reachedOn()
            .map(it -> page.page().text("staff.note.reached", Map.of("date", page.page().day(it))))
            .map(it -> it + " ")
            .orElse("");
    return new CustomerView.Line(page.page().time(note.at(), TIME), note.text(), reached + who);
  }

  private static String hold(SeenCustomer.Held hold, StaffPage page) {
    return page.page()
        .text(
            "staff.hold.since",
            Map.of("ground", hold.ground(), "time", page.page().time(hold.at(), TIME)));
  }

  private static EntryView.Choice reason(String reason, StaffPage page) {
    return new EntryView.Choice(reason, page.text("staff.reason." + reason));
  }

  /** By the number of the newest message: it is what the person was told to call it by. */
  private static String subject(SeenCustomer customer, FormNames names) {
    return customer.entries().stream()
        .findFirst()
        .map(it -> "%s · %s".formatted(names.form(it.form()), it.entryId().number()))
        .orElse("");
  }

  private static String from(String form, Instant at, StaffPage page) {
    return page.page().text("copy.from", Map.of("form", form, "time", page.page().time(at, TIME)));
  }
}
