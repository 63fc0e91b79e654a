package io.vestibule.local.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Backend;
import java.io.IOException;

/**
 * Before an emulator's KMS: asks it for keys of one Region also where the template wants them in
 * several. moto 5 cuts the id of a multi-Region key, which is longer, short in its ciphertexts, and
 * then cannot find the key to decrypt them.
 */
record SingleRegionKeys(Backend kms) implements Backend {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Response handle(Request request) throws IOException {
    boolean createsKey = request.jsonOperation().filter("CreateKey"::equals).isPresent();
    return kms.handle(createsKey ? ofOneRegion(request) : request);
  }

  private static Request ofOneRegion(Request request) throws IOException {
    if (JSON.readTree(request.body()) instanceof ObjectNode parameters) {
      parameters.remove("MultiRegion");
      return new Request(
          request.method(),
          request.target(),
          request.headers(),
          JSON.writeValueAsBytes(parameters));
    }
    return request;
  }
}
