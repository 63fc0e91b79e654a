package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What Zoho refuses, as its errors have it. */
final class ZohoRefusal extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String field;

  /** Of a whole call. */
  ZohoRefusal(int status, String code) {
    this(status, code, "");
  }

  /** Of a record, for one of its fields. */
  ZohoRefusal(int status, String code, String field) {
    super(code);
    this.status = status;
    this.code = code;
    this.field = field;
  }

  int status() {
    return status;
  }

  ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode().put("code", code);
    var details = json.putObject("details");
    if (!field.isEmpty()) {
      details.put("api_name", field).put("json_path", "$.data[0]." + field);
    }
    return json.put("message", "refused").put("status", "error");
  }
}
