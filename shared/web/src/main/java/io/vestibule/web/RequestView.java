package io.vestibule.web;

import io.vestibule.core.Asked;
import io.vestibule.core.DataRequest;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.web.ConfirmPages.Waiting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The question of a request's page.
 *
 * @param kind the deed that the page is for
 * @param asked when something was asked for; empty if the page cannot say
 * @param typed what that was
 * @param others the pages of the other deeds, which the same link serves for
 * @param purposes what consents can be withdrawn for; empty unless that is the deed
 * @param hasChoice whether the deed can be chosen, or only the typed one be confirmed
 */
public record RequestView(
    String kind,
    String asked,
    String typed,
    List<Option> others,
    List<Option> purposes,
    boolean hasChoice) {

  /**
   * One of several.
   *
   * @param value an address, or the word of a purpose
   * @param chosen whether it is chosen already
   */
  public record Option(String value, String name, boolean chosen) {}

  static RequestView of(Waiting link, DataRequest deed, Page page, Forms forms) {
    return link.asked()
        .map(asked -> of(link, asked, deed, page, new Names(forms, page)))
        .orElseGet(() -> new RequestView(deed.kind().code(), "", "", List.of(), List.of(), false));
  }

  private static RequestView of(
      Waiting link, Asked asked, DataRequest deed, Page page, Names names) {
    var purpose = deed.purpose().orElse(DataRequest.ALL_PURPOSES);
    return new RequestView(
        deed.kind().code(),
        page.at("request.typed", asked.at()),
        asked.deed().map(names::deed).orElse(""),
        Arrays.stream(Kind.values())
            .filter(kind -> kind != deed.kind())
            .map(
                kind ->
                    new Option(
                        Links.request(link.id(), link.token(), page.wording(), kind),
                        names.option("kind", kind.code()),
                        false))
            .toList(),
        deed.kind() == Kind.WITHDRAW
            ? names.purposes().stream()
                .map(it -> new Option(it, names.option("purpose", it), it.equals(purpose)))
                .toList()
            : List.of(),
        true);
  }

  /** What the form by which people ask about their data calls what can be chosen there. */
  private record Names(Forms forms, Page page) {

    String deed(DataRequest request) {
      var kind = option("kind", request.kind().code());
      return request.kind() == Kind.WITHDRAW
          ? kind + " – " + option("purpose", request.purpose().orElse(DataRequest.ALL_PURPOSES))
          : kind;
    }

    String option(String field, String value) {
      return privacy()
          .map(form -> form.fields().get(field))
          .map(it -> it.options().get(value))
          .map(option -> option.in(page.wording().language()))
          .orElse(value);
    }

    List<String> purposes() {
      return privacy().map(Form::purposes).orElseGet(List::of);
    }

    private Optional<Form> privacy() {
      return forms.find(Form.PRIVACY);
    }
  }
}
