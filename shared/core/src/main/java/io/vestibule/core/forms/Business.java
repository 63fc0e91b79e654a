package io.vestibule.core.forms;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vestibule.core.DataFiles;
import io.vestibule.core.wording.Localised;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: the business as it shows itself on pages and in mails.
 *
 * @param sender the name in the From header of mails, and what to look for in a spam folder
 * @param site where the business is at home on the web
 * @param privacyNotice what it does with the data, in its own words
 * @param logo stands before the name, if there is one
 * @param accent a colour as {@code #rrggbb}, dark enough for white text on it
 * @param timeZone in which deadlines are told
 * @param country where telephone numbers without a country are from, as ISO 3166 has it
 * @param complaints the authority that people may complain to, as receipts name it
 */
@JsonIgnoreProperties("$schema") // Where editors find the format's own schema.
public record Business(
    @JsonProperty(required = true) Localised name,
    @JsonProperty(required = true) String sender,
    @JsonProperty(required = true) URI site,
    @JsonProperty(required = true) Localised postalAddress,
    @JsonProperty(required = true) URI privacyNotice,
    @Nullable Logo logo,
    @JsonProperty(required = true) String accent,
    @JsonProperty(required = true) ZoneId timeZone,
    @Nullable String country,
    @Nullable String complaints) {

  public Business {
    if (!accent.matches("#[0-9a-fA-F]{6}")) {
      throw new IllegalArgumentException("The accent colour must be written as #rrggbb");
    }
    if (country != null
        && !Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(country)) {
      throw new IllegalArgumentException("country is not known; write one such as DE");
    }
  }

  /** Reads {@code /forms/business.json} from the classpath. */
  public static Business load() {
    try (InputStream file = DataFiles.open("forms/business.json")) {
      return JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .build()
          .readValue(file, Business.class);
    } catch (IOException e) {
      throw new UncheckedIOException("forms/business.json cannot be read", e);
    }
  }
}
