package io.vestibule.core.targets;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an enterprise of 纷享销客 (Fxiaoke) is, and how its records are made.
 *
 * @param cloud where the enterprise is
 * @param credentials which generation of the open platform's credentials its app has
 * @param user in whose name records are written: an employee's number, or an {@code FSUID_…} with
 *     credentials of the older generation
 * @param object the API name of the object that people become records of
 * @param key the API name of the field of theirs that the records have which we made
 * @param note the API name of the field in which staff are told that a record of theirs is of
 *     somebody who is erased
 * @param optOut the API name of the field that a withdrawal ticks
 * @param constants values that each record is made with, by API names: what no field fills
 * @param timeZone where the enterprise's days end: its quota, and its dates
 * @param here the emulator of a local run; never in a deployment
 */
public record Fxiaoke(
    Cloud cloud,
    Credentials credentials,
    @JsonProperty(required = true) String user,
    String object,
    String key,
    String note,
    @Nullable String optOut,
    Map<String, String> constants,
    String timeZone,
    @Nullable URI here) {

  public Fxiaoke {
    // Absent ones, which Jackson makes nulls.
    cloud = cloud == null ? Cloud.FXIAOKE : cloud;
    credentials = credentials == null ? Credentials.BEARER : credentials;
    object = object == null ? "LeadsObj" : object;
    key = key == null ? "vestibule_id__c" : key;
    note = note == null ? "remark" : note;
    timeZone = timeZone == null ? "Asia/Shanghai" : timeZone;
    constants =
        constants == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(constants));
  }

  /** Fxiaoke's clouds. */
  public enum Cloud {
    @JsonProperty("fxiaoke")
    FXIAOKE("open.fxiaoke.com"),
    @JsonProperty("huawei")
    HUAWEI("open-hwcloud.fxiaoke.com"),
    @JsonProperty("ale")
    ALE("open-ale.fxiaoke.com"),
    @JsonProperty("frankfurt")
    FRANKFURT("open-hws.fxiaoke.com"),
    @JsonProperty("hongkong")
    HONG_KONG("open-ksc.sharecrm.com"),
    @JsonProperty("north-america")
    NORTH_AMERICA("open-na.sharecrm.com");

    private final String host;

    Cloud(String host) {
      this.host = host;
    }
  }

  /** How a call says who makes it. */
  public enum Credentials {
    /** In headers, by a token of OAuth 2.0. */
    @JsonProperty("bearer")
    BEARER,
    /** In the body, by a token of the enterprise: the older generation. */
    @JsonProperty("corp")
    CORP
  }

  /** Where the API is. */
  public URI api() {
    return here == null ? URI.create("https://" + cloud.host) : here;
  }

  /** Where the enterprise's days end. */
  public ZoneId zone() {
    return ZoneId.of(timeZone);
  }

  /**
   * Checks that records can be made.
   *
   * @param fields as the target's file maps them
   * @param purpose of the target; null if it needs no consent
   * @throws IllegalArgumentException if they cannot
   */
  void check(Map<String, String> fields, @Nullable String purpose, boolean isLocal) {
    PublicUrl.checkHere(here, isLocal);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException(
          "a target of the kind fxiaoke needs \"fields\": which of ours are which of theirs");
    }
    if (fields.containsValue(key) || constants.containsKey(key)) {
      throw new IllegalArgumentException(
          "\"%s\" is the key by which records are found again: map no field to it".formatted(key));
    }
    if (purpose != null && optOut == null) {
      throw new IllegalArgumentException(
          "a target with a \"purpose\" hears of withdrawals: say in \"optOut\" which field they tick");
    }
    try {
      var _ = zone();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"timeZone\" must be the name of a time zone, such as Asia/Shanghai", e);
    }
  }
}
