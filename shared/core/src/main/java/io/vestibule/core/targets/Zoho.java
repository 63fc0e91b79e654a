package io.vestibule.core.targets;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an organisation of Zoho CRM is, and how its records are made.
 *
 * @param dataCentre where the organisation is
 * @param sandbox whether its sandbox is meant
 * @param module which records are made
 * @param key the API name of the unique field of theirs that the records have which we made
 * @param constants values that each record is made with, by API names: what no field fills
 * @param here the emulator of a local run; never in a deployment
 */
public record Zoho(
    @JsonProperty(required = true) DataCentre dataCentre,
    boolean sandbox,
    Module module,
    String key,
    Map<String, String> constants,
    @Nullable URI here) {

  /** What a record cannot be made without, in each module. */
  public static final String NEEDED = "Last_Name";

  public Zoho {
    // Absent ones, which Jackson makes nulls.
    module = module == null ? Module.LEADS : module;
    key = key == null ? "Vestibule_Id" : key;
    constants =
        constants == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(constants));
  }

  /** Which records are made of people. */
  public enum Module {
    @JsonProperty("Leads")
    LEADS("Leads"),
    @JsonProperty("Contacts")
    CONTACTS("Contacts");

    private final String apiName;

    Module(String apiName) {
      this.apiName = apiName;
    }

    /** As Zoho's addresses have it. */
    public String apiName() {
      return apiName;
    }
  }

  /**
   * Zoho's data centres, each with its own accounts and its own API.
   *
   * @see <a href="https://github.com/zoho/zohocrm-java-sdk-8.0">Zoho's own SDK</a>, package {@code
   *     com.zoho.crm.api.dc}
   */
  public enum DataCentre {
    @JsonProperty("us")
    US("accounts.zoho.com", "zohoapis.com"),
    @JsonProperty("eu")
    EU("accounts.zoho.eu", "zohoapis.eu"),
    @JsonProperty("in")
    IN("accounts.zoho.in", "zohoapis.in"),
    @JsonProperty("cn")
    CN("accounts.zoho.com.cn", "zohoapis.com.cn"),
    @JsonProperty("au")
    AU("accounts.zoho.com.au", "zohoapis.com.au"),
    @JsonProperty("jp")
    JP("accounts.zoho.jp", "zohoapis.jp"),
    @JsonProperty("ca")
    CA("accounts.zohocloud.ca", "zohoapis.ca"),
    @JsonProperty("sa")
    SA("accounts.zoho.sa", "zohoapis.sa");

    private final String accounts;
    private final String apis;

    DataCentre(String accounts, String apis) {
      this.accounts = accounts;
      this.apis = apis;
    }
  }

  /** Where tokens are asked for. */
  public URI accounts() {
    return here == null ? URI.create("https://" + dataCentre.accounts) : here;
  }

  /**
   * Where the API is: Zoho says so with each token, and any other answer than this is not followed,
   * as it would have us send people's data there.
   */
  public URI api() {
    return here == null
        ? URI.create("https://%s.%s".formatted(sandbox ? "sandbox" : "www", dataCentre.apis))
        : here;
  }

  /**
   * Checks that records can be made.
   *
   * @param fields as the target's file maps them
   * @throws IllegalArgumentException if they cannot
   */
  void check(Map<String, String> fields, boolean isLocal) {
    PublicUrl.checkHere(here, isLocal);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "a target of the kind zoho needs \"fields\": which of ours are which of theirs");
    }
    if (!fields.containsValue(NEEDED) && !constants.containsKey(NEEDED)) {
      throw new IllegalArgumentException(
          "Zoho makes no record without Last_Name: map a field to it, or give it in \"constants\"");
    }
    if (fields.containsValue(key) || constants.containsKey(key)) {
      throw new IllegalArgumentException(
          "\"%s\" is the key by which records are found again: map no field to it".formatted(key));
    }
  }
}
