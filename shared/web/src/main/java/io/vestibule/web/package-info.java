/** The web as people and scripts see it: requests in, pages and problem documents out. */
@NullMarked
package io.vestibule.web;

import org.jspecify.annotations.NullMarked;
