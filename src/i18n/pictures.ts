/** Words of the pictures that editors have. */
export const pictureWords = {
  title: 'Bilder',
  description: 'Bilder till kursens sidor.',
  kicker: 'För dig som är redaktör',
  lead: 'Här är de senaste bilderna. Du lägger in dem i texten från sidan där du skriver.',
  empty: 'Det finns inga bilder än.',
  upload: 'Ladda upp en bild',
  file: 'Bild från din dator',
  help: 'JPEG, PNG eller WebP, högst 10 MB. Bilden görs om till rätt storlek. Uppgifter om plats, kamera och person tas bort.',
  advice:
    'Använd egna bilder eller sådana som kommunen får använda. Visa aldrig människor i nöd, och ingen som går att känna igen utan att hen har sagt ja.',
  submit: 'Ladda upp',
  stored: 'Bilden är uppladdad.',
  size: (width: number, height: number) => `${width} × ${height} bildpunkter`,
  preview: (number: number) => `Bild ${number}`,
  errorTitle: 'Bilden laddades inte upp',
  errors: {
    none: 'Välj en bild från din dator.',
    large: 'Bilden är större än 10 MB. Spara den i en mindre storlek och försök igen.',
    format:
      'Filen går inte att läsa som bild, eller har mer än 50 miljoner bildpunkter. Spara den som JPEG, PNG eller WebP i en mindre storlek och försök igen.',
    busy: 'Flera bilder görs om just nu. Vänta en halv minut och försök igen.',
    full: 'Det finns redan 2 000 bilder. Be den som sköter webbplatsen att rensa.',
  },
} as const;
