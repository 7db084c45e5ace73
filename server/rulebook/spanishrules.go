package rulebook

// spanishRules has what checks of facts, topics, rules, advice and guardrails
// say.
var spanishRules = map[string]string{
	// Facts and topics.
	"%d own facts, at most %d fit":                                                  "hay %d hechos propios; caben %d como máximo",
	"fact %s is declared twice":                                                     "el hecho %s está declarado dos veces",
	"fact %s has %d values, at most %d fit in a set":                                "el hecho %s tiene %d valores; caben %d como máximo",
	"fact %s has the value %s twice":                                                "el hecho %s tiene dos veces el valor %s",
	"%s is no open vocabulary":                                                      "%s no es una lista abierta",
	"%s cannot be listed here: %s":                                                  "%s no se puede listar aquí: %s",
	"%s can have at most %d values":                                                 "%s puede tener %d valores como máximo",
	"a benefit cannot be called none":                                               "un beneficio no se puede llamar none",
	"at most %d own facts fit":                                                      "caben %d hechos propios como máximo",
	"the program knows a fact called %s already":                                    "el programa ya conoce un hecho llamado %s",
	"values are for facts of the types enum and set, which need them":               "los valores son para hechos de los tipos enum y set, que los necesitan",
	"unit, min and max are for facts of the types int and decimal, which need them": "unit, min y max son para hechos de los tipos int y decimal, que los necesitan",
	"min must be less than max":                                                     "min debe ser menor que max",
	"a time like 24 hours or 30 days is expected here, or contact":                  "aquí se espera un tiempo como 24 hours o 30 days, o contact",
	"there can be at most %d topics":                                                "puede haber %d temas como máximo",
	"a side needs no handoff to itself":                                             "un lado no se remite a sí mismo",
	"the stage renewal needs an own fact %s, a whole number of days":                "la etapa renewal necesita un hecho propio %s, un número entero de días",
	"%q is no language; use en, es or another language code":                        "%q no es un idioma; use en, es u otro código de idioma",
	"words are missing here":                                                        "aquí faltan palabras",
	"the English words are missing; add en":                                         "faltan las palabras en inglés; añada en",

	// Rows.
	"%q cannot be the id of a %s; use %s":                                                                               "%q no puede ser el id de un elemento (%s); use %s",
	"the %s %s is here twice; the first one is at %s":                                                                   "%s: %s está aquí dos veces; la primera vez en %s",
	"the conditions of this %s multiply out to more than %d combinations; make two of it":                               "las condiciones de este elemento (%s) dan más de %d combinaciones; divídalo en dos",
	"this %s can never fit anyone: its conditions contradict each other":                                                "este elemento (%s) no se ajusta nunca a nadie: sus condiciones se contradicen",
	"the last day is before the first one":                                                                              "el último día es anterior al primero",
	"a day like 2026-03-01 is expected in from and until, without a time":                                               "en from y until se espera un día como 2026-03-01, sin hora",
	"the rules %s (%s) and %s (%s) of the tier %s fit the same member, for example: %s; change one of them or its tier": "las reglas %s (%s) y %s (%s) del nivel %s se ajustan al mismo miembro; cambie una de ellas o su nivel",
	"the constants of the rules cut %s into more than %d parts here; use fewer different numbers":                       "las constantes de las reglas cortan %s en más de %d partes aquí; use menos números distintos",

	// Conditions.
	"groups may be at most %d deep; make two rules of this one":                                         "los grupos tienen %d niveles como máximo; haga dos reglas de esta",
	"one condition is expected after each dash; put a dash before the next one":                         "después de cada guion se espera una condición; ponga un guion antes de la siguiente",
	"%q needs at least one condition":                                                                   "%q necesita al menos una condición",
	"say how %s compares, for example %s: {%s}":                                                         "diga cómo se compara %s, por ejemplo %s: {%s}",
	"%s may not read %s: it is looked up anew for every answer, so no shared decision may depend on it": "%s no puede leer %s: se consulta de nuevo para cada respuesta, así que ninguna decisión compartida puede depender de eso",
	"%s may not read %s: %s":                                                                            "%s no puede leer %s",
	"%s does not fit %s; use %s":                                                                        "%s no va con %s; use %s",
	"%s is always known":                                                                                "%s siempre se conoce",
	"this value is in the list twice":                                                                   "este valor está dos veces en la lista",
	"at least one value is needed here":                                                                 "aquí hace falta al menos un valor",
	"two numbers are expected here: [from, to]":                                                         "aquí se esperan dos números: [desde, hasta]",
	"the first number is larger than the second":                                                        "el primer número es mayor que el segundo",
	"a number is expected here, %s":                                                                     "aquí se espera un número, %s",
	"%s is counted in whole %s":                                                                         "%s se cuenta en unidades enteras: %s",

	// Guardrails and premises.
	"there are no guardrails, so nothing is proved about these rules":                                    "no hay barreras, así que nada se demuestra sobre estas reglas",
	"a guardrail held by the tables needs never or independent":                                          "una barrera que cumplen las tablas necesita never o independent",
	"never and independent are for guardrails held by the tables":                                        "never e independent son para barreras que cumplen las tablas",
	"name the test that holds this guardrail":                                                            "nombre la prueba que hace cumplir esta barrera",
	"name at least one fact that the table must not depend on":                                           "nombre al menos un hecho del que la tabla no debe depender",
	"%s is worked out from facts and the question; independence is from facts":                           "%s se deduce de los hechos y la pregunta; la independencia es de hechos",
	"%s is worked out from facts and the question; a premise speaks of facts":                            "%s se deduce de los hechos y la pregunta; una premisa habla de hechos",
	"%s is always believed and cannot be dropped":                                                        "%s siempre se cree y no se puede descartar",
	"dropping these facts does not end what this premise forbids; drop a fact that it needs to be known": "descartar estos hechos no termina lo que esta premisa prohíbe; descarte un hecho que ella necesita conocer",

	// Advice.
	"there can be at most %d advice items":                                                                             "puede haber %d consejos como máximo",
	"the insurer never advises on care, and %s is a care topic":                                                        "la aseguradora nunca aconseja sobre la atención, y %s es un tema de atención",
	"the provider never answers for the plan, and %s is a coverage topic":                                              "el proveedor nunca responde por el plan, y %s es un tema de cobertura",
	"this item needs a title and a text":                                                                               "este consejo necesita un título y un texto",
	"this item needs topics, or it is never given":                                                                     "este consejo necesita temas, o no se da nunca",
	"an item of the sender nobody has no text":                                                                         "un consejo del remitente nobody no tiene texto",
	"the words of an emergency notice and when it is given are fixed; leave text, topics, benefit, when and links out": "las palabras de un aviso de emergencia y cuándo se da son fijas; deje fuera text, topics, benefit, when y links",
	"the %s of variant %s has the languages %v, and the item's has %v":                                                 "la variante tiene otros idiomas que el consejo (%s, %s): %v, y no %v",
	"an item of the sender %s has no words of its own, so it has no variants":                                          "un consejo del remitente %s no tiene palabras propias, así que no tiene variantes",
	"base is what the item's own words are called; give the variant another id":                                        "base es el nombre de las palabras propias del consejo; dé otro id a la variante",
	"percent is how many of a hundred members get the variant, from 1 to 99":                                           "percent es cuántos de cada cien miembros reciben la variante, de 1 a 99",
	"an item has at most %d variants":                                                                                  "un consejo tiene %d variantes como máximo",
	"the variants of an item get at most 99 of a hundred members together, so that some get the item's own words":      "las variantes de un consejo llegan juntas a 99 de cada cien miembros como máximo, para que algunos reciban las palabras propias",
}
