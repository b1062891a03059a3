package io.jenkins.plugins.darwin.jenkins.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** Somebody who votes with an API token, and remembers what the controller acknowledged. */
final class VoteClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RealController controller;
    private final int build;
    private final int number;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private String unanswered;
    private String unansweredChoice;
    private String digest;

    VoteClient(RealController controller, int build, int number) {
        this.controller = controller;
        this.build = build;
        this.number = number;
    }

    /** Ballots that were counted by the controller's word: ID to voter and choice. */
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    void startBuild() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(request("job/kill/build?delay=0sec").POST(HttpRequest.BodyPublishers.noBody()));
        if (answer.statusCode() != 201) {
            throw new IOException("no build: " + answer.statusCode() + " " + answer.body());
        }
    }

    JsonNode awaitGate() throws IOException, InterruptedException {
        return JSON.readTree(await("job/kill/" + build + "/darwin-vote/1.3.0-RC1/api/json", body -> true));
    }

    String awaitResult() throws IOException, InterruptedException {
        return JSON.readTree(await("job/kill/" + build + "/api/json?tree=result", body -> !body.contains("null")))
                .path("result")
                .asText();
    }

    String console() throws IOException, InterruptedException {
        return send(request("job/kill/" + build + "/consoleText")).body();
    }

    private String await(String path, Predicate<String> enough) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> answer = send(request(path));
            if (answer.statusCode() == 200 && enough.test(answer.body())) {
                return answer.body();
            }
            if (System.nanoTime() > end) {
                throw new IOException(path + " says " + answer.statusCode() + " " + answer.body());
            }
            Thread.sleep(100);
        }
    }

    /** Changes its mind until nobody answers any more, or approves once. */
    Void voteUntilKilled(boolean once) throws InterruptedException {
        try {
            do {
                String choice = once || ThreadLocalRandom.current().nextInt(3) > 0 ? "+1" : "0";
                cast(UUID.randomUUID().toString(), choice);
                Thread.sleep(once ? 0 : ThreadLocalRandom.current().nextInt(500));
            } while (!once);
        } catch (IOException e) {
            // killed; what was asked last stays unanswered
        }
        return null;
    }

    /** Asks again for what got no answer, under the ID that it had. */
    void repeatUnanswered() throws IOException, InterruptedException {
        if (unanswered != null) {
            cast(unanswered, unansweredChoice);
        }
    }

    void approve() throws IOException, InterruptedException {
        cast(UUID.randomUUID().toString(), "+1");
    }

    private void cast(String id, String choice) throws IOException, InterruptedException {
        unanswered = id;
        unansweredChoice = choice;
        if (digest == null) {
            digest = awaitGate().path("digest").asText();
        }
        String body = JSON.writeValueAsString(
                Map.of("id", id, "choice", choice, "digest", digest, "reason", "tried by client " + number));
        HttpResponse<String> answer = send(request("job/kill/" + build + "/darwin-vote/1.3.0-RC1/vote")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        unanswered = null;
        switch (answer.statusCode()) {
            case 200, 201 -> acknowledged.put(id, "v" + number + " " + choice);
            case 409 -> {} // closed
            default -> throw new AssertionError("voter " + number + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        String login = "v" + number + ":11" + String.format("%032x", number);
        return HttpRequest.newBuilder(controller.uri(path))
                .timeout(Duration.ofSeconds(30))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
