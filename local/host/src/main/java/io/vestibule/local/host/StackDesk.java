package io.vestibule.local.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.template.Stack;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/**
 * What the run is made of, as CloudFormation would tell it: for programs that examine it.
 *
 * @param aws where AWS is
 * @param parameters that do not have the template's defaults
 */
record StackDesk(Stack stack, URI aws, Map<String, String> parameters, Clock clock)
    implements WebServer.Site {

  static final String PATH = LocalPages.ROOT + "stack";

  @Override
  public WebResponse answer(WebRequest request) {
    return Visitor.isWelcome(request)
        ? WebResponse.json(200, json())
        : WebResponse.message(403, "");
  }

  private ObjectNode json() {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("aws", aws.toString())
            .put("region", stack.region())
            .put("now", clock.instant().toString());
    parameters.forEach(json.putObject("parameters")::put);
    var outputs = json.putObject("outputs");
    stack.keys().forEach(key -> outputs.put(key.logicalId(), key.arn()));
    stack.buckets().forEach(bucket -> outputs.put(bucket.logicalId(), bucket.name()));
    return json;
  }
}
