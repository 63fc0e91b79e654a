package io.vestibule.staff.page;

import io.vestibule.staff.roles.Right;

/** Where somebody can go from every page, in the order of the head of the page. */
public enum Place {
  TODAY("/staff/", "staff.today", Right.COUNT),
  NEW("/staff/new", "staff.new", Right.LIST),
  CUSTOMERS("/staff/customers", "staff.customers", Right.LIST),
  SEARCH("/staff/search", "staff.search", Right.SEARCH),
  HELD("/staff/held", "staff.held", Right.LIST),
  REQUESTS("/staff/requests", "staff.requests", Right.REQUESTS),
  DELIVERIES("/staff/deliveries", "staff.deliveries", Right.OPERATE),
  OPERATIONS("/staff/operations", "staff.operations", Right.OPERATE);

  private final String path;
  private final String key;
  private final Right right;

  Place(String path, String key, Right right) {
    this.path = path;
    this.key = key;
    this.right = right;
  }

  /** Its address. */
  public String path() {
    return path;
  }

  /** The key of its name. */
  public String key() {
    return key;
  }

  /** What somebody must be allowed to do to be there. */
  public Right right() {
    return right;
  }
}
