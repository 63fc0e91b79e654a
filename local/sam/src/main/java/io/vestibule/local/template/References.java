package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;

/** How {@code Ref} and {@code Fn::GetAtt} reach the resources of a template. */
interface References {

  /**
   * What {@code Ref} to a resource gives: mostly its name.
   *
   * @param place where the reference stands, for the error if there is no such resource
   */
  JsonNode ref(String logicalId, String place);

  /** What {@code Fn::GetAtt} gives. */
  JsonNode attribute(String logicalId, String name, String place);

  /** Where no resource can be referred to: conditions are decided before any resource exists. */
  References NONE =
      new References() {
        @Override
        public JsonNode ref(String logicalId, String place) {
          throw new TemplateException(place, "no parameter is named " + logicalId);
        }

        @Override
        public JsonNode attribute(String logicalId, String name, String place) {
          throw new TemplateException(place, "a resource cannot be referred to here");
        }
      };
}
