package io.vestibule.local.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.gateway.CallLog;
import io.vestibule.local.gateway.CallLog.Call;
import io.vestibule.local.iam.Access;
import io.vestibule.local.template.Stack;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The latest AWS calls of all functions, as JSON for programs: who called what, on which table, key
 * or bucket. It has no value that was sent, except what a key was used for.
 */
record LatestCalls(Stack stack, CallLog calls) {

  /** Of an ARN: the table's name, the key's id, the bucket's name, or else what is left. */
  private static final Pattern RESOURCE =
      Pattern.compile(
          "arn:[^:]*:(?:dynamodb:[^:]*:[^:]*:table/|kms:[^:]*:[^:]*:key/|s3:::)(?<name>[^/]+).*"
              + "|arn:(?:[^:]*:){4}(?<other>.*)");

  /** Oldest first. */
  ArrayNode json() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    stack.functions().stream()
        .flatMap(function -> calls.latest(function.logicalId()).stream())
        .sorted(Comparator.comparing(Call::at))
        .map(LatestCalls::json)
        .forEach(json::add);
    return json;
  }

  private static ObjectNode json(Call call) {
    // A table's own key is asked for, too, but not by the function.
    List<Access> accesses =
        call.accesses().stream()
            .filter(access -> access.action().startsWith(call.service() + ":"))
            .toList();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("at", call.at().toString())
            .put("function", call.caller())
            .put("service", call.service())
            .put("operation", call.operation())
            .put(
                "resource",
                accesses.stream()
                    .map(access -> name(access.resourceArn()))
                    .distinct()
                    .collect(Collectors.joining(",")));
    ObjectNode context = json.putObject("context");
    accesses.forEach(access -> access.encryptionContext().forEach(context::put));
    return json.put("denied", !call.allowed());
  }

  private static String name(String arn) {
    var resource = RESOURCE.matcher(arn);
    if (!resource.matches()) {
      return arn;
    }
    String name = resource.group("name");
    return name == null ? resource.group("other") : name;
  }
}
