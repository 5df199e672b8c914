// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

/**
 * The path that two families share is served with and without a slash at its end: one of them would
 * have it redirected, the other promises never to redirect.
 */
@Configuration(proxyBeanMethods = false)
class TrailingSlash {

  @Bean
  FilterRegistrationBean<UrlHandlerFilter> sharedPathWithSlash() {
    var filter =
        new FilterRegistrationBean<>(
            UrlHandlerFilter.trailingSlashHandler("/api/schedules/**").wrapRequest().build());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }
}
