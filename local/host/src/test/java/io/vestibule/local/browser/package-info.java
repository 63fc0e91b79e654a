/** The pages as people meet them: in a browser, by keyboard, on a phone, from other sites. */
@NullMarked
package io.vestibule.local.browser;

import org.jspecify.annotations.NullMarked;
