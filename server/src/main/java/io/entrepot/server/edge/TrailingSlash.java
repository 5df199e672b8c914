// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.UrlHandlerFilter;

/**
 * The backup family promises that its paths are served with and without a slash at their end, never
 * redirected; so is the path that it shares with harvest, which would have it redirected.
 */
@Configuration(proxyBeanMethods = false)
class TrailingSlash {

  @Bean
  FilterRegistrationBean<UrlHandlerFilter> pathsWithSlash() {
    var filter =
        new FilterRegistrationBean<>(
            UrlHandlerFilter.trailingSlashHandler(paths()).wrapRequest().build());
    filter.setOrder(FilterOrder.TRAILING_SLASH);
    return filter;
  }

  /** Every path of the backup API, and those that it shares. */
  private static String[] paths() {
    return Endpoints.all().stream()
        .filter(row -> row.family() == Family.BACKUP || row.family() == Family.SCHEDULES)
        .map(row -> row.path().getPatternString().replaceAll("/\\{.*", "") + "/**")
        .distinct()
        .toArray(String[]::new);
  }
}
