package io.vestibule.local.template;

import io.vestibule.local.ses.ReceiptRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What has come into being so far, and how the next resource finds it by what it refers to. */
final class Parts {

  final List<Stack.Lambda> functions = new ArrayList<>();
  final List<Stack.Table> tables = new ArrayList<>();
  final List<Stack.Key> keys = new ArrayList<>();
  final List<Stack.Bucket> buckets = new ArrayList<>();
  final List<Stack.Alarm> alarms = new ArrayList<>();
  final List<Stack.CustomResource> customResources = new ArrayList<>();
  final List<ReceiptRule> receiptRules = new ArrayList<>();

  Stack stack(Target target) {
    return new Stack(
        target.region(),
        target.account(),
        List.copyOf(functions),
        List.copyOf(tables),
        List.copyOf(keys),
        List.copyOf(buckets),
        List.copyOf(customResources),
        List.copyOf(alarms),
        List.copyOf(receiptRules));
  }

  /** The ARN of a key of this template that a property names by id or ARN. */
  Optional<String> keyArn(Properties properties, String name) {
    return properties
        .optionalText(name)
        .map(
            idOrArn ->
                only(
                        keys,
                        key -> key.id().equals(idOrArn) || key.arn().equals(idOrArn),
                        () -> properties.fault(name, "is no key of this template"))
                    .arn());
  }

  /** The one part that fits, or a fault of the template. */
  static <T> T only(Collection<T> parts, Predicate<T> fits, Supplier<TemplateException> fault) {
    return parts.stream().filter(fits).findFirst().orElseThrow(fault);
  }
}
