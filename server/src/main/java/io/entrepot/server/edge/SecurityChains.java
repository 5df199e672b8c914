// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;
import io.entrepot.server.identity.Authenticator;
import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** One chain for each family; whatever belongs to none is denied by the last. */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

  private final EndpointAuthorization authorization;
  private final Refusals refusals;
  private final ErrorWriter errors;
  private final Authenticator authenticator;
  private final Set<URI> trusted;

  SecurityChains(
      EndpointAuthorization authorization,
      Refusals refusals,
      ErrorWriter errors,
      ObjectProvider<Authenticator> authenticator,
      EntrepotSettings settings) {
    this.authorization = authorization;
    this.refusals = refusals;
    this.errors = errors;
    this.authenticator = authenticator.getIfAvailable(() -> Authenticator.NOBODY);
    this.trusted =
        settings.origins().stream()
            .flatMap(origin -> SameOriginFilter.origin(origin).stream())
            .collect(Collectors.toSet());
  }

  @Bean
  @Order(1)
  SecurityFilterChain harvest(HttpSecurity http) {
    return door(http, Family.HARVEST);
  }

  @Bean
  @Order(2)
  SecurityFilterChain schedules(HttpSecurity http) {
    return door(http, Family.SCHEDULES);
  }

  @Bean
  @Order(3)
  SecurityFilterChain backup(HttpSecurity http) {
    return door(http, Family.BACKUP);
  }

  @Bean
  @Order(4)
  SecurityFilterChain sync(HttpSecurity http) {
    return door(http, Family.SYNC);
  }

  @Bean
  @Order(5)
  SecurityFilterChain workspaces(HttpSecurity http) {
    return door(http, Family.WORKSPACES);
  }

  @Bean
  @Order(6)
  SecurityFilterChain session(HttpSecurity http) {
    return door(http, Family.SESSION);
  }

  @Bean
  @Order(7)
  SecurityFilterChain query(HttpSecurity http) {
    return door(http, Family.QUERY);
  }

  @Bean
  @Order(8)
  SecurityFilterChain dav(HttpSecurity http) {
    return door(http, Family.DAV);
  }

  @Bean
  @Order(9)
  SecurityFilterChain pages(HttpSecurity http) {
    return door(http, Family.PAGES);
  }

  @Bean
  @Order(10)
  SecurityFilterChain site(HttpSecurity http) {
    return door(http, Family.SITE);
  }

  @Bean
  @Order(11)
  SecurityFilterChain none(HttpSecurity http) {
    return plain(http, ContentSecurity.API)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .anyRequest()
                    .denyAll())
        .build();
  }

  private SecurityFilterChain door(HttpSecurity http, Family family) {
    return plain(http, ContentSecurity.of(family))
        .securityMatcher(request -> Family.of(request) == family)
        .addFilterBefore(new CredentialFilter(authenticator), AnonymousAuthenticationFilter.class)
        .addFilterAfter(new SameOriginFilter(trusted, errors), AnonymousAuthenticationFilter.class)
        .addFilterAfter(new RequestGuard(errors), AuthorizationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .anyRequest()
                    .access(authorization))
        .build();
  }

  private HttpSecurity plain(HttpSecurity http, String contentSecurity) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(
            headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(contentSecurity)))
        .exceptionHandling(
            failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
  }

  /** What Spring's firewall refuses before any chain: told in the family's words. */
  @Bean
  RequestRejectedHandler rejectedRequests() {
    return (request, response, why) ->
        errors.write(
            request,
            response,
            isKnownMethod(request.getMethod())
                ? Problem.of(ErrorCode.BAD_REQUEST, "The request is malformed")
                : Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "Method Not Allowed"));
  }

  private static boolean isKnownMethod(String method) {
    return Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS").contains(method);
  }

  /** Keeps Spring from inventing an account with a generated password. */
  @Bean
  UserDetailsService nobody() {
    return name -> {
      throw new UsernameNotFoundException(name);
    };
  }
}
