package io.vestibule.local.iam;

import io.vestibule.local.aws.LambdaRequest;
import io.vestibule.local.template.Stack;
import java.util.List;

/** What Lambda checks: the function that is called. */
record LambdaAccess(Stack stack) {

  /** IAM has one action for calls that wait for the answer and for those that do not. */
  List<Access> of(LambdaRequest request) {
    return List.of(
        request
            .function()
            .map(
                name ->
                    new Access(
                        "lambda:InvokeFunction",
                        "arn:aws:lambda:%s:%s:function:%s"
                            .formatted(stack.region(), stack.account(), name)))
            .orElseGet(() -> new Access("lambda:" + request.operation(), Access.NO_RESOURCE)));
  }
}
