package io.vestibule.core.targets;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An audience of Mailchimp.
 *
 * @param audience its id, as Mailchimp shows it among its settings
 * @param tags what everybody is marked with who comes from us
 * @param here the emulator of a local run; never in a deployment
 */
public record Mailchimp(
    @JsonProperty(required = true) String audience, List<String> tags, @Nullable URI here) {

  /** The merge tag of the address: who has none is no member. */
  public static final String ADDRESS = "EMAIL";

  public Mailchimp {
    tags = tags == null ? List.of() : List.copyOf(tags); // Absent ones, which Jackson makes nulls.
    if (!audience.matches("[A-Za-z0-9]{1,40}")) {
      throw new IllegalArgumentException("\"audience\" is an id of letters and digits");
    }
  }

  /**
   * Checks that members can be made.
   *
   * @param fields as the target's file maps them
   * @throws IllegalArgumentException if they cannot
   */
  void check(Map<String, String> fields, boolean isLocal) {
    PublicUrl.checkHere(here, isLocal);
    if (!fields.containsValue(ADDRESS)) {
      throw new IllegalArgumentException(
          "Mailchimp makes no member without an address: map the field of the address to EMAIL");
    }
  }
}
