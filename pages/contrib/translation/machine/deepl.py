"""DeepL as Localize asks it, but with its refusals told apart."""

import requests
from wagtail_localize.machine_translators import deepl
from wagtail_localize.strings import StringValue


class DeepLTranslator(deepl.DeepLTranslator):
    """Localize 1.14 reads the answer without its status, so a refused key or a used-up quota is a ``KeyError``."""

    def translate(self, source_locale, target_locale, strings):
        strings = list(strings)
        response = requests.post(
            self.get_api_endpoint(),
            # Localize says XML, in which DeepL does not heed ``translate="no"``; its strings are HTML.
            self.get_parameters(source_locale, target_locale, strings) | {"tag_handling": "html"},
            timeout=int(self.options.get("TIMEOUT", 30)),
            headers=self.get_headers(),
        )
        response.raise_for_status()
        answers = response.json()["translations"]
        return {string: StringValue(answer["text"]) for string, answer in zip(strings, answers, strict=True)}
