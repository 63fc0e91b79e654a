package io.vestibule.local.privacy;

import io.vestibule.core.Destination;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import java.time.Duration;
import java.time.Period;
import java.util.stream.Collectors;

/** What people enter, and what becomes of it: a row for each field of each form. */
record FormsMap(Forms forms) {

  /** Up to so many are told in hours, as everywhere else. */
  private static final int DAYS_IN_HOURS = 3;

  private static final String SIGNAL =
      "`Sec-GPC: 1`, if the browser sends it: do not sell or share my data";

  String markdown() {
    var map = new StringBuilder();
    map.append("### What people enter\n\n");
    map.append("| form | datum | what it is | why | where | how long | who deletes it |\n");
    map.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (Form form : forms.all()) {
      form.fields()
          .forEach(
              (name, field) ->
                  map.append(
                      row(
                          form,
                          "%s (`%s`)".formatted(field.label().in("en"), name),
                          kind(form, name, field),
                          why(form, name, field))));
      form.consents()
          .forEach(
              (name, consent) ->
                  map.append(
                      row(
                          form,
                          "consent `%s`, version and time".formatted(name),
                          "evidence",
                          consent.purpose())));
      if (form.confirmed() == Destination.STORAGE) {
        map.append(row(form, SIGNAL, "evidence", "to whom nothing may be passed on"));
      }
    }
    return map.toString();
  }

  private static String row(Form form, String datum, String kind, String why) {
    return "| `%s` | %s | %s | %s | %s | %s | %s |\n"
        .formatted(form.name(), datum, kind, why, where(form), howLong(form), who(form));
  }

  private static String kind(Form form, String name, Form.Field field) {
    var what =
        switch (field.sensitivity()) {
          case PLAIN -> "plain";
          case PERSONAL -> field.identity() ? "personal, and the identity" : "personal";
          case SENSITIVE ->
              "sensitive, kept by "
                  + form.consentOf(name)
                      .map("the consent `%s` alone"::formatted)
                      .orElse("this ground: " + field.ground());
        };
    return field.importance() == Form.Importance.KEY ? what + "; key" : what;
  }

  private static String why(Form form, String name, Form.Field field) {
    return form.consentOf(name)
        .flatMap(form::purpose)
        .orElseGet(
            () ->
                field.purposes().isEmpty()
                    ? "\"%s\"".formatted(form.title().in("en"))
                    : String.join(", ", field.purposes()));
  }

  private static String where(Form form) {
    return form.confirmed() == Destination.STORAGE
        ? "`submissions`, sealed; confirmed: `customers` and `entries`, encrypted"
        : "`requests`, sealed";
  }

  private static String howLong(Form form) {
    var keep = form.keep();
    var unconfirmed =
        "unconfirmed %s, held %s".formatted(readable(keep.unverified()), readable(keep.held()));
    if (form.confirmed() == Destination.DELETION) {
      return unconfirmed + "; confirmed: until it is answered";
    }
    return keep.customer() == null
        ? unconfirmed + "; confirmed: until it is erased"
        : unconfirmed + "; confirmed: %s after the last use".formatted(readable(keep.customer()));
  }

  private static String who(Form form) {
    if (form.confirmed() == Destination.DELETION) {
      return "time to live; DeletionFunction";
    }
    return form.keep().customer() == null
        ? "time to live; DeletionFunction, on request"
        : "time to live; DeletionFunction, on request; DeadlineFunction";
  }

  private static String readable(Duration time) {
    return time.toHoursPart() == 0 && time.toDays() > DAYS_IN_HOURS
        ? time.toDays() + " days"
        : time.toHours() + " h";
  }

  /** {@code P2Y} as {@code 2 years}. */
  private static String readable(Period time) {
    return time.toString()
        .chars()
        .skip(1)
        .mapToObj(letter -> Character.isDigit(letter) ? Character.toString(letter) : unit(letter))
        .collect(Collectors.joining());
  }

  private static String unit(int letter) {
    return switch (letter) {
      case 'Y' -> " years";
      case 'M' -> " months";
      default -> " days";
    };
  }
}
