/// What the tokens of clouds, forges and services begin with, as their makers document them.
enum SecretPrefixes {
    /// All of them.
    static let all = clouds + forges + services + registries + webhooks + formats

    private static let clouds = [
        // Amazon Web Services: access keys and temporary ones.
        "AKIA", "ASIA", "ABIA", "ACCA", "ABSK",
        // Google: keys, access tokens, client secrets.
        "AIza", "ya29.", "GOCSPX-",
        // DigitalOcean, Alibaba, Fly, Heroku.
        "dop_v1_", "doo_v1_", "dor_v1_", "LTAI", "fo1_", "HRKU-",
        // HashiCorp's Vault and Terraform.
        "hvs.", "hvb.", "hvr.", "atlasv1.",
    ]

    private static let forges = [
        "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_",
        "glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "gloas-", "glsoat-", "glimt-",
        // Bitbucket and Atlassian.
        "ATBB", "ATATT", "ATCTT",
    ]

    private static let services = [
        // Slack.
        "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xapp-",
        // OpenAI, Anthropic and others; Stripe.
        "sk-", "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_",
        // Hugging Face, Replicate, Groq, xAI, Perplexity, NVIDIA, LangSmith, W&B, RunPod, Pinecone, Cerebras, Together.
        "hf_", "api_org_", "r8_", "gsk_", "xai-", "pplx-", "nvapi-", "lsv2_", "wandb_v1_", "rpa_", "pcsk_", "csk-",
        "tgp_v1_",
        // SendGrid, Shopify, Square, Linear, Notion, Figma, Postman, Grafana, New Relic, Sentry, Tailscale, Databricks,
        // Doppler.
        "SG.", "shpat_", "shpss_", "shpca_", "shppa_", "sq0atp-", "sq0csp-", "lin_api_", "ntn_", "figd_", "PMAK-",
        "glsa_", "glc_", "NRAK-", "sntrys_", "sntryu_", "tskey-", "dapi", "dp.pt.", "dp.st.",
    ]

    private static let registries = ["npm_", "pypi-", "dckr_pat_", "dckr_oat_", "rubygems_", "AKCp"]

    /// Addresses whose path is the secret.
    private static let webhooks = [
        "hooks.slack.com/", "discord.com/api/webhooks/", "discordapp.com/api/webhooks/", "webhook.office.com/",
        "api.telegram.org/bot",
    ]

    private static let formats = [
        // A JSON Web Token: the Base64 of `{"`.
        "eyJ",
        "AGE-SECRET-KEY-", "-----BEGIN",
    ]
}
