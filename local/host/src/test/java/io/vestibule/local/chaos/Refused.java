package io.vestibule.local.chaos;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** A table that nobody can read while this lasts. */
record Refused(String table) implements Disturbance {

  @Override
  public void before(Call call) {
    if (call.request() instanceof GetItemRequest get
        && get.tableName().equals(table)
        && !call.isOfTheOperator()) {
      throw SdkClientException.create("injected");
    }
  }
}
