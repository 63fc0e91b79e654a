package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Carries a template out, as CloudFormation would: each resource after those that it refers to.
 *
 * <p>Order comes by itself: a reference to a resource that does not exist yet creates it first.
 *
 * <p>What an earlier deployment has made is taken up with all that is in it: tables and buckets by
 * their names, keys by their aliases.
 */
public final class Deployment {

  private final Template template;
  private final Conditions conditions;
  private final Intrinsics intrinsics;
  private final ResourceTypes types;
  private final Map<String, Identity> created = new HashMap<>();
  private final Set<String> beingCreated = new LinkedHashSet<>();

  private Deployment(
      Template template,
      Map<String, String> parameters,
      Target target,
      Operator operator,
      Parts parts) {
    var values = new HashMap<>(target.pseudoParameters());
    values.putAll(Parameters.values(template.section("Parameters"), parameters));
    ObjectNode mappings = template.section("Mappings");
    this.template = template;
    this.conditions = new Conditions(template.section("Conditions"), values, mappings);
    this.intrinsics = new Intrinsics(values, mappings, conditions::holds, new Created());
    this.types =
        new ResourceTypes(
            operator, target, new KeyNames(target, template, conditions, intrinsics), parts);
  }

  /**
   * Creates what the template describes, or takes it up where it is there already.
   *
   * @param parameters values for the template's parameters; those left out have their defaults
   * @param operator whose clients do it; they stay open
   * @return what is there now; custom resources are named in it, but not yet carried out
   * @throws TemplateException naming the place in the template that could not be carried out, or
   *     that cannot be changed in what is there; what was created before stays
   */
  public static Stack deploy(
      Template template, Map<String, String> parameters, Target target, Operator operator) {
    var parts = new Parts();
    var deployment = new Deployment(template, parameters, target, operator, parts);
    deployment.createAll();
    deployment.resolveOutputs();
    return parts.stack(target);
  }

  private void createAll() {
    for (Template.Resource resource : template.resources().values()) {
      if (exists(resource)) {
        identity(resource.logicalId(), resource.place());
      }
    }
  }

  /** Nobody reads them here, but one that leads nowhere would fail the deployment at AWS. */
  private void resolveOutputs() {
    for (var output : template.section("Outputs").properties()) {
      String place = "Outputs/" + output.getKey();
      JsonNode condition = output.getValue().path("Condition");
      if (condition.isMissingNode() || conditions.holds(condition.asText(), place)) {
        intrinsics.resolve(output.getValue(), place);
      }
    }
  }

  private boolean exists(Template.Resource resource) {
    return resource
        .condition()
        .map(condition -> conditions.holds(condition, resource.place()))
        .orElse(true);
  }

  /** How a resource is named; it is created if it was not yet. */
  private Identity identity(String logicalId, String place) {
    Identity known = created.get(logicalId);
    if (known != null) {
      return known;
    }
    Template.Resource resource = template.resources().get(logicalId);
    if (resource == null) {
      throw new TemplateException(place, "nothing is named " + logicalId);
    }
    if (!exists(resource)) {
      throw new TemplateException(place, logicalId + " does not exist: its condition is false");
    }
    if (!beingCreated.add(logicalId)) {
      throw new TemplateException(
          place, "a circle: " + String.join(" → ", beingCreated) + " → " + logicalId);
    }
    Identity identity = create(resource);
    beingCreated.remove(logicalId);
    created.put(logicalId, identity);
    return identity;
  }

  private Identity create(Template.Resource resource) {
    for (String named : resource.dependsOn()) {
      String name = withItsAlias(named);
      Template.Resource before = template.resources().get(name);
      // Other than a reference, an order with something that does not exist is no mistake.
      if (before == null || exists(before)) {
        identity(name, resource.place() + "/DependsOn");
      }
    }
    String place = resource.place() + "/Properties";
    if (!(intrinsics.resolve(ownOf(resource), place) instanceof ObjectNode resolved)) {
      throw new TemplateException(place, "is not a mapping");
    }
    var properties = new Properties(place, resolved);
    try {
      Identity identity = types.create(resource, properties);
      properties.requireAllRead();
      return identity;
    } catch (SdkException e) {
      throw new TemplateException(resource.place(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * SAM makes an alias beside a function, which has no logical id in the template: they are one.
   */
  private String withItsAlias(String name) {
    return template.resources().values().stream()
        .filter(it -> it.properties().has("AutoPublishAlias"))
        .filter(
            it ->
                name.equals(
                    it.logicalId() + "Alias" + it.properties().path("AutoPublishAlias").asText()))
        .map(Template.Resource::logicalId)
        .findFirst()
        .orElse(name);
  }

  /**
   * Without what SAM makes other resources of: a function does not wait for the alarms by which its
   * traffic goes back, and they wait for it. No local run has such a traffic.
   */
  private static ObjectNode ownOf(Template.Resource resource) {
    return resource.properties().deepCopy().without("DeploymentPreference");
  }

  /** References to resources, which bring them into being. */
  private final class Created implements References {

    @Override
    public JsonNode ref(String logicalId, String place) {
      String ref = identity(logicalId, place).ref();
      if (ref.isEmpty()) {
        throw new TemplateException(place, logicalId + " has no name before the stack is up");
      }
      return TextNode.valueOf(ref);
    }

    @Override
    public JsonNode attribute(String logicalId, String name, String place) {
      Map<String, String> attributes = identity(logicalId, place).attributes();
      String value = attributes.get(name);
      if (value == null) {
        throw new TemplateException(
            place, logicalId + " has no " + name + ", only " + new TreeSet<>(attributes.keySet()));
      }
      return TextNode.valueOf(value);
    }
  }
}
